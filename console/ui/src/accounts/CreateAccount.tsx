import {
  Form,
  FormGroup,
  FormHelperText,
  HelperText,
  HelperTextItem,
  TextInput,
} from '@patternfly/react-core'
import React, { useState } from 'react'
import { Question } from '../Question'
import { isMachine } from './accounts'
import { accounts, type Role } from './api'
import { OncePassword, type Given } from './OncePassword'
import { RolesChoice } from './RolesChoice'
import { useSpeech } from './speech'

/** Makes an account, and shows its one-time password. */
export const CreateAccount: React.FunctionComponent<{ onClose: () => void }> = ({ onClose }) => {
  const { w } = useSpeech()
  const [name, setName] = useState('')
  const [displayName, setDisplayName] = useState('')
  const [roles, setRoles] = useState<Role[]>([])
  const [given, setGiven] = useState<Given | null>(null)
  if (given) {
    return <OncePassword given={given} onClose={onClose} />
  }
  const create = async () => {
    const { password } = await accounts.create(name.trim(), displayName, roles)
    setGiven({ name: name.trim(), password, isMachine: isMachine({ roles }) })
  }
  return (
    <Question
      title={w.create.title}
      confirm={w.create.confirm}
      onConfirm={create}
      onClose={onClose}
      isDisabled={name.trim() === ''}
    >
      <Form autoComplete="off" onSubmit={event => event.preventDefault()}>
        <Named id="tongmai-new-name" label={w.name} hint={w.create.nameHint} value={name} change={setName} />
        <Named
          id="tongmai-new-display-name"
          label={w.displayName}
          hint={w.create.displayNameHint}
          value={displayName}
          change={setDisplayName}
        />
        <RolesChoice chosen={roles} choose={setRoles} />
      </Form>
    </Question>
  )
}

interface NamedProps {
  id: string
  label: string
  hint: string
  value: string
  change: (value: string) => void
}

export const Named: React.FunctionComponent<NamedProps> = ({ id, label, hint, value, change }) => (
  <FormGroup label={label} fieldId={id}>
    <TextInput id={id} value={value} onChange={(_, next) => change(next)} />
    <FormHelperText>
      <HelperText>
        <HelperTextItem>{hint}</HelperTextItem>
      </HelperText>
    </FormHelperText>
  </FormGroup>
)
