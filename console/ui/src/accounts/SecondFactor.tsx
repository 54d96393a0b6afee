import {
  Alert,
  Button,
  Card,
  CardBody,
  CardTitle,
  Form,
  FormGroup,
  Modal,
  ModalBody,
  ModalFooter,
  ModalHeader,
  TextInput,
} from '@patternfly/react-core'
import React, { useMemo, useState } from 'react'
import { picture } from '../qr'
import { own, type Enrolment } from './api'
import { hold, release } from './hold'
import { Password } from './OwnPassword'
import { useSpeech } from './speech'

/** Enrols one-time codes: present password, QR code or typed secret, a code, recovery codes. Nothing of it is kept. */
export const SecondFactor: React.FunctionComponent<{ isOn: boolean }> = ({ isOn }) => {
  const { w } = useSpeech()
  const [enrolment, setEnrolment] = useState<Enrolment | null>(null)
  const [codes, setCodes] = useState<string[] | null>(null)
  const told = (recoveryCodes: string[]) => {
    setEnrolment(null)
    setCodes(recoveryCodes)
  }
  return (
    <Card data-testid="tongmai-factor">
      <CardTitle component="h2">{w.enrol.title}</CardTitle>
      <CardBody>
        {isOn && <p>{w.enrol.on}</p>}
        {!isOn && !enrolment && !codes && <Begin begun={setEnrolment} />}
        {enrolment && <Confirm enrolment={enrolment} told={told} giveUp={() => setEnrolment(null)} />}
        {codes && <RecoveryCodes codes={codes} />}
      </CardBody>
    </Card>
  )
}

const Begin: React.FunctionComponent<{ begun: (enrolment: Enrolment) => void }> = ({ begun }) => {
  const { w, saidOfPassword } = useSpeech()
  const [current, setCurrent] = useState('')
  const [failure, setFailure] = useState<Error | null>(null)
  const begin = () => {
    setFailure(null)
    own.beginSecondFactor(current).then(begun, setFailure)
  }
  return (
    <Form
      onSubmit={event => {
        event.preventDefault()
        begin()
      }}
    >
      <p>{w.enrol.off}</p>
      <Password
        id="tongmai-factor-current"
        label={w.own.current}
        use="current-password"
        value={current}
        change={setCurrent}
      />
      {failure && <Alert variant="danger" isInline title={saidOfPassword(failure)} />}
      <div>
        <Button type="submit" variant="primary" isDisabled={current === ''}>
          {w.enrol.begin}
        </Button>
      </div>
    </Form>
  )
}

interface ConfirmProps {
  enrolment: Enrolment
  told: (recoveryCodes: string[]) => void
  giveUp: () => void
}

const Confirm: React.FunctionComponent<ConfirmProps> = ({ enrolment, told, giveUp }) => {
  const { w, said } = useSpeech()
  const [code, setCode] = useState('')
  const [failure, setFailure] = useState<Error | null>(null)
  const [isBusy, setBusy] = useState(false)
  const confirm = async () => {
    setFailure(null)
    setBusy(true)
    hold()
    try {
      told((await own.confirmSecondFactor(code.trim())).recoveryCodes)
    } catch (error) {
      release()
      setFailure(error as Error)
      setBusy(false)
    }
  }
  return (
    <Form
      autoComplete="off"
      onSubmit={event => {
        event.preventDefault()
        void confirm()
      }}
    >
      <div className="tongmai-enrol">
        <div>
          <p>{w.enrol.scan}</p>
          <QrCode text={enrolment.uri} label={w.enrol.picture} />
        </div>
        <div>
          <p>{w.enrol.type}</p>
          <code className="tongmai-secret" data-testid="tongmai-secret">
            {enrolment.secret.replace(/(.{4})(?!$)/g, '$1 ')}
          </code>
        </div>
      </div>
      <FormGroup label={w.enrol.code} fieldId="tongmai-code">
        <TextInput
          id="tongmai-code"
          className="tongmai-code"
          inputMode="numeric"
          autoComplete="one-time-code"
          value={code}
          onChange={(_, next) => setCode(next)}
        />
      </FormGroup>
      {failure && <Alert variant="danger" isInline title={said(failure)} data-testid="tongmai-refused" />}
      <p className="tongmai-quiet">{w.enrol.within}</p>
      <div className="tongmai-acts">
        <Button type="submit" variant="primary" isDisabled={!/^\s*[0-9]{6}\s*$/.test(code) || isBusy} isLoading={isBusy}>
          {w.enrol.confirm}
        </Button>
        <Button variant="link" onClick={giveUp}>
          {w.enrol.giveUp}
        </Button>
      </div>
    </Form>
  )
}

const QrCode: React.FunctionComponent<{ text: string; label: string }> = ({ text, label }) => {
  const { size, path } = useMemo(() => picture(text), [text])
  return (
    <svg className="tongmai-qr" viewBox={`0 0 ${size} ${size}`} shapeRendering="crispEdges" role="img" aria-label={label}>
      <rect width={size} height={size} fill="#fff" />
      <path d={path} fill="#000" />
    </svg>
  )
}

/** Over everything else: no session is left, so nothing else would work, and a click beside would lose them. */
const RecoveryCodes: React.FunctionComponent<{ codes: string[] }> = ({ codes }) => {
  const { w } = useSpeech()
  const leave = () => {
    release()
    window.location.assign('/login')
  }
  return (
    <Modal variant="small" isOpen aria-labelledby="tongmai-codes-title" aria-describedby="tongmai-codes-body">
      <ModalHeader title={w.enrol.codesTitle} labelId="tongmai-codes-title" />
      <ModalBody id="tongmai-codes-body">
        <p>{w.enrol.codesBody}</p>
        <ul className="tongmai-recovery" data-testid="tongmai-recovery">
          {codes.map(code => (
            <li key={code}>
              <code>{code}</code>
            </li>
          ))}
        </ul>
      </ModalBody>
      <ModalFooter>
        <Button variant="primary" onClick={leave} data-testid="tongmai-leave">
          {w.enrol.leave}
        </Button>
      </ModalFooter>
    </Modal>
  )
}
