import {
  Alert,
  Button,
  Card,
  CardBody,
  CardTitle,
  Form,
  FormGroup,
  FormSelect,
  FormSelectOption,
  TextInput,
} from '@patternfly/react-core'
import { Td, Tr } from '@patternfly/react-table'
import React, { useState } from 'react'
import { Refusal } from '../api'
import { DataTable } from '../DataTable'
import { gateways, type Appointment, type Guardianship } from './api'
import { useBoard, useSpeech } from './board'
import { Failure } from '../page'
import { Question } from '../Question'

const EMPTY: Appointment = { guardian: '', ward: '', kind: 'MINOR', from: null, until: null, reason: '' }

/** Who looks after whom, by ids alone: looked up, and by operators recorded and ended. */
export const GuardianshipsView: React.FunctionComponent = () => {
  const { w } = useSpeech()
  const { mayRecord } = useBoard()
  const [person, setPerson] = useState('')
  const [found, setFound] = useState<{ person: string; guardianships: Guardianship[] } | null>(null)
  const [failure, setFailure] = useState<Error | null>(null)
  const g = w.guardianships

  const lookUp = async (id: string) => {
    setFailure(null)
    try {
      setFound({ person: id, guardianships: await gateways.guardianships(id) })
    } catch (error) {
      setFound(null)
      setFailure(error as Error)
    }
  }
  const isUnknown = failure instanceof Refusal && failure.code === 'TM-MPI-0002'
  return (
    <>
      <Card>
        <CardTitle component="h2">{g.title}</CardTitle>
        <CardBody className="tongmai-stack">
          <p className="tongmai-quiet">{g.explanation}</p>
          <Form
            role="search"
            className="tongmai-search"
            autoComplete="off"
            onSubmit={event => {
              event.preventDefault()
              void lookUp(person.trim())
            }}
          >
            <FormGroup label={g.person} fieldId="tongmai-person">
              <TextInput id="tongmai-person" value={person} onChange={(_, value) => setPerson(value)} />
            </FormGroup>
            <div className="tongmai-search-buttons">
              <Button type="submit" variant="primary" isDisabled={person.trim() === ''}>
                {g.lookUp}
              </Button>
            </div>
          </Form>
          {failure && isUnknown && <p className="tongmai-quiet">{w.code[failure.code]}</p>}
          {failure && !isUnknown && <Failure failure={failure} retry={() => void lookUp(person.trim())} />}
          {found && found.guardianships.length === 0 && <p className="tongmai-quiet">{g.empty}</p>}
          {found && found.guardianships.length > 0 && (
            <GuardianshipTable guardianships={found.guardianships} changed={() => void lookUp(found.person)} />
          )}
        </CardBody>
      </Card>
      {mayRecord ? <RecordForm /> : <p className="tongmai-quiet">{g.forbidden}</p>}
    </>
  )
}

interface TableProps {
  guardianships: Guardianship[]
  changed: () => void
}

const GuardianshipTable: React.FunctionComponent<TableProps> = ({ guardianships, changed }) => {
  const { w } = useSpeech()
  const { mayRecord } = useBoard()
  const [ending, setEnding] = useState<number | null>(null)
  const [reason, setReason] = useState('')
  const g = w.guardianships
  const close = () => {
    setEnding(null)
    setReason('')
  }
  const end = async (number: number) => {
    await gateways.end(number, reason)
    close()
    changed()
  }
  return (
    <div className="tongmai-scroll">
      <DataTable caption={g.title} heads={[g.number, g.guardian, g.ward, g.kind, g.holds, g.recorded, g.ended]}>
        {guardianships.map(one => (
          <Tr key={one.number} data-guardianship={one.number}>
            <Td dataLabel={g.number}>{one.number}</Td>
            <Td dataLabel={g.guardian}>{one.guardian}</Td>
            <Td dataLabel={g.ward}>{one.ward}</Td>
            <Td dataLabel={g.kind}>
              {one.kind ? g.kinds[one.kind] : <span className="tongmai-quiet">{g.masked}</span>}
            </Td>
            <Td dataLabel={g.holds}>
              <div>{one.from} –</div>
              <div>{one.until ?? g.open}</div>
            </Td>
            <Td dataLabel={g.recorded}>
              <Entry entry={one.recorded} />
            </Td>
            <Td dataLabel={g.ended}>
              {one.ended && <Entry entry={one.ended} />}
              {!one.ended && mayRecord && (
                <Button variant="link" isInline onClick={() => setEnding(one.number)}>
                  {g.end}
                </Button>
              )}
            </Td>
          </Tr>
        ))}
      </DataTable>
      {ending !== null && (
        <Question
          title={g.endTitle(ending)}
          confirm={g.end}
          onConfirm={() => end(ending)}
          onClose={close}
          isDisabled={reason.trim() === ''}
        >
          <Form onSubmit={event => event.preventDefault()}>
            <FormGroup label={g.reason} fieldId="tongmai-end-reason">
              <TextInput id="tongmai-end-reason" value={reason} onChange={(_, value) => setReason(value)} />
            </FormGroup>
          </Form>
        </Question>
      )}
    </div>
  )
}

/** Who wrote it, and when. */
const Entry: React.FunctionComponent<{ entry: { by: string; at: string } }> = ({ entry }) => {
  const { time } = useSpeech()
  return (
    <>
      <div>{entry.by}</div>
      <div className="tongmai-quiet tongmai-small">{time(entry.at)}</div>
    </>
  )
}

const RecordForm: React.FunctionComponent = () => {
  const { w } = useSpeech()
  const [wanted, setWanted] = useState<Appointment>(EMPTY)
  const [done, setDone] = useState<number | null>(null)
  const [failure, setFailure] = useState<Error | null>(null)
  const g = w.guardianships
  const change = (part: Partial<Appointment>) => setWanted(now => ({ ...now, ...part }))
  const record = async () => {
    setFailure(null)
    setDone(null)
    try {
      setDone((await gateways.record(wanted)).number)
      setWanted(EMPTY)
    } catch (error) {
      setFailure(error as Error)
    }
  }
  const text = (name: 'guardian' | 'ward' | 'reason', label: string, hint = '') => (
    <FormGroup label={label} fieldId={`tongmai-${name}`}>
      <TextInput
        id={`tongmai-${name}`}
        value={wanted[name]}
        placeholder={hint}
        onChange={(_, value) => change({ [name]: value })}
      />
    </FormGroup>
  )
  const day = (name: 'from' | 'until', label: string) => (
    <FormGroup label={label} fieldId={`tongmai-${name}-day`}>
      <TextInput
        id={`tongmai-${name}-day`}
        type="date"
        value={wanted[name] ?? ''}
        onChange={(_, value) => change({ [name]: value === '' ? null : value })}
      />
    </FormGroup>
  )
  const isWhole = [wanted.guardian, wanted.ward, wanted.reason].every(value => value.trim() !== '')
  return (
    <Card>
      <CardTitle component="h2">{g.record}</CardTitle>
      <CardBody className="tongmai-stack">
        <Form
          className="tongmai-search"
          autoComplete="off"
          onSubmit={event => {
            event.preventDefault()
            void record()
          }}
        >
          {text('guardian', g.guardian)}
          {text('ward', g.ward)}
          <FormGroup label={g.kind} fieldId="tongmai-kind">
            <FormSelect
              id="tongmai-kind"
              value={wanted.kind}
              onChange={(_, value) => change({ kind: value as Appointment['kind'] })}
            >
              <FormSelectOption value="MINOR" label={g.kinds.MINOR} />
              <FormSelectOption value="ADULT" label={g.kinds.ADULT} />
            </FormSelect>
          </FormGroup>
          {text('reason', g.reason, g.reasonHint)}
          {day('from', g.from)}
          {day('until', g.until)}
          <div className="tongmai-search-buttons">
            <Button type="submit" variant="primary" isDisabled={!isWhole}>
              {g.record}
            </Button>
          </div>
        </Form>
        {done !== null && <Alert variant="success" isInline title={g.recordedDone(done)} />}
        {failure && <Failure failure={failure} retry={() => void record()} />}
      </CardBody>
    </Card>
  )
}
