import { Button, Card, CardBody, CardTitle, Form } from '@patternfly/react-core'
import React, { useState } from 'react'
import { Question } from '../Question'
import { isMachine } from './accounts'
import { accounts, type Account, type Act, type Role } from './api'
import { Named } from './CreateAccount'
import { OncePassword, type Given } from './OncePassword'
import { RolesChoice } from './RolesChoice'
import { useSpeech } from './speech'

type Asked = Act | 'reset-password' | 'roles' | 'rename'

interface Props {
  account: Account
  isOwn: boolean
  changed: () => Promise<void>
}

/** What can be done to an account. Each is asked for once more, and none of the three that concern oneself alone. */
export const AccountActs: React.FunctionComponent<Props> = ({ account, isOwn, changed }) => {
  const { w } = useSpeech()
  const [asked, setAsked] = useState<Asked | null>(null)
  const [given, setGiven] = useState<Given | null>(null)
  const { state, credentials } = account
  const button = (act: Asked, text: string, isOff = false) => (
    <Button key={act} variant="secondary" isDisabled={isOff} onClick={() => setAsked(act)} data-act={act}>
      {text}
    </Button>
  )
  const done = async () => {
    setAsked(null)
    await changed()
  }
  return (
    <Card>
      <CardTitle component="h2">{w.account.acts}</CardTitle>
      <CardBody className="tongmai-stack">
        <div className="tongmai-acts">
          {button('roles', w.account.roles, isOwn)}
          {button('rename', w.account.rename)}
          {state.enabled ? button('disable', w.act.disable.button) : button('enable', w.act.enable.button)}
          {(state.locked || state.failedAttempts > 0) && button('unlock', w.act.unlock.button)}
          {button('reset-password', w.act['reset-password'].button, isOwn)}
          {credentials.secondFactor && button('remove-second-factor', w.act['remove-second-factor'].button, isOwn)}
          {button('end-sessions', w.act['end-sessions'].button)}
        </div>
        {isOwn && <p className="tongmai-quiet">{w.account.own}</p>}
        {asked === 'roles' && <Roles account={account} done={done} onClose={() => setAsked(null)} />}
        {asked === 'rename' && <Rename account={account} done={done} onClose={() => setAsked(null)} />}
        {asked !== null && asked !== 'roles' && asked !== 'rename' && (
          <Sure account={account} act={asked} done={done} tell={setGiven} onClose={() => setAsked(null)} />
        )}
        {given && <OncePassword given={given} onClose={() => setGiven(null)} />}
      </CardBody>
    </Card>
  )
}

interface AskedProps {
  account: Account
  done: () => Promise<void>
  onClose: () => void
}

const Sure: React.FunctionComponent<AskedProps & { act: Act | 'reset-password'; tell: (given: Given) => void }> = ({
  account,
  act,
  done,
  tell,
  onClose,
}) => {
  const { w } = useSpeech()
  const confirm = async () => {
    if (act === 'reset-password') {
      const { password } = await accounts.resetPassword(account.name)
      tell({ name: account.name, password, isMachine: isMachine(account) })
    } else {
      await accounts.act(account.name, act)
    }
    await done()
  }
  return (
    <Question title={w.act[act].title(account.name)} confirm={w.act[act].button} onConfirm={confirm} onClose={onClose}>
      {w.act[act].body}
    </Question>
  )
}

const Roles: React.FunctionComponent<AskedProps> = ({ account, done, onClose }) => {
  const { w } = useSpeech()
  const [roles, setRoles] = useState<Role[]>(account.roles)
  const save = async () => {
    await accounts.changeRoles(account.name, roles)
    await done()
  }
  return (
    <Question
      title={w.account.rolesTitle(account.name)}
      confirm={w.account.save}
      onConfirm={save}
      onClose={onClose}
    >
      <Form onSubmit={event => event.preventDefault()}>
        <RolesChoice chosen={roles} choose={setRoles} />
        <p className="tongmai-quiet">{w.account.rolesBody}</p>
      </Form>
    </Question>
  )
}

const Rename: React.FunctionComponent<AskedProps> = ({ account, done, onClose }) => {
  const { w } = useSpeech()
  const [name, setName] = useState(account.person.displayName)
  const save = async () => {
    await accounts.changeDisplayName(account.name, name)
    await done()
  }
  return (
    <Question
      title={w.account.renameTitle(account.name)}
      confirm={w.account.save}
      onConfirm={save}
      onClose={onClose}
    >
      <Form onSubmit={event => event.preventDefault()}>
        <Named
          id="tongmai-display-name"
          label={w.displayName}
          hint={w.create.displayNameHint}
          value={name}
          change={setName}
        />
      </Form>
    </Question>
  )
}
