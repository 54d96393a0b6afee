import { Alert, Button, Card, CardBody, CardTitle, Form, FormGroup, TextInput } from '@patternfly/react-core'
import React, { useState } from 'react'
import { faultsOf, type Fault } from './accounts'
import { own, type OwnAccount } from './api'
import { useSpeech } from './speech'

const FAULTS: readonly Fault[] = ['length', 'different', 'classes', 'named', 'bytes']

/** Changes the own password. It ends this session too, so that it leads to the login. */
export const OwnPassword: React.FunctionComponent<{ account: OwnAccount }> = ({ account }) => {
  const { w, saidOfPassword } = useSpeech()
  const [current, setCurrent] = useState('')
  const [replacement, setReplacement] = useState('')
  const [again, setAgain] = useState('')
  const [failure, setFailure] = useState<Error | null>(null)
  const [isBusy, setBusy] = useState(false)
  const differs = again !== '' && again !== replacement
  const isWhole = current !== '' && replacement !== '' && again === replacement
  const change = async () => {
    setFailure(null)
    setBusy(true)
    try {
      await own.changePassword(current, replacement)
      window.location.assign('/login?changed')
    } catch (error) {
      setFailure(error as Error)
      setBusy(false)
    }
  }
  return (
    <Card data-testid="tongmai-own-password">
      <CardTitle component="h2">{w.own.password}</CardTitle>
      <CardBody>
        <Form
          onSubmit={event => {
            event.preventDefault()
            void change()
          }}
        >
          <Password id="tongmai-current" label={w.own.current} use="current-password" value={current} change={setCurrent} />
          <Password
            id="tongmai-replacement"
            label={w.own.replacement}
            use="new-password"
            value={replacement}
            change={setReplacement}
          />
          <Rules account={account} password={replacement} />
          <Password id="tongmai-again" label={w.own.again} use="new-password" value={again} change={setAgain} />
          {differs && <p className="tongmai-bad">{w.own.differs}</p>}
          {failure && <Alert variant="danger" isInline title={saidOfPassword(failure)} data-testid="tongmai-refused" />}
          <p className="tongmai-quiet">{w.own.ends}</p>
          <div>
            <Button type="submit" variant="primary" isDisabled={!isWhole || isBusy} isLoading={isBusy}>
              {w.own.change}
            </Button>
          </div>
        </Form>
      </CardBody>
    </Card>
  )
}

/** What a new password has to be like; while one is typed, which of it is so. */
const Rules: React.FunctionComponent<{ account: OwnAccount; password: string }> = ({ account, password }) => {
  const { w } = useSpeech()
  const rule = account.passwordRule
  const faults = faultsOf(password, account.name, rule)
  const isTyped = password !== ''
  return (
    <div className="tongmai-rules" role="group" aria-label={w.own.rules}>
      {w.own.rules}
      <ul>
        {FAULTS.map(fault => {
          const isMet = isTyped && !faults.includes(fault)
          return (
            <li key={fault} data-rule={fault} className={isMet ? 'tongmai-met' : isTyped ? 'tongmai-bad' : ''}>
              {w.own.fault[fault](rule)}
              {isTyped && <span className="pf-v6-screen-reader"> {isMet ? w.own.met : w.own.unmet}</span>}
            </li>
          )
        })}
        <li>{w.own.former(rule)}</li>
      </ul>
    </div>
  )
}

interface PasswordProps {
  id: string
  label: string
  use: 'current-password' | 'new-password'
  value: string
  change: (value: string) => void
}

export const Password: React.FunctionComponent<PasswordProps> = ({ id, label, use, value, change }) => (
  <FormGroup label={label} fieldId={id}>
    <TextInput id={id} type="password" autoComplete={use} value={value} onChange={(_, next) => change(next)} />
  </FormGroup>
)
