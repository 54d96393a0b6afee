import { Alert, Button, Card, CardBody, CardTitle, Label } from '@patternfly/react-core'
import { Table, Tbody, Td, Th, Thead, Tr } from '@patternfly/react-table'
import React, { useEffect, useState } from 'react'
import { Failure, Loading } from '../page'
import type { OpenSession } from './api'
import { useSpeech } from './speech'

interface Props {
  title: string
  list: () => Promise<OpenSession[]>
  end: (id: string) => Promise<unknown>
}

/** Open sessions, each with the way to end it. Looked at when asked: what polls would keep the own one from being idle. */
export const SessionTable: React.FunctionComponent<Props> = ({ title, list, end }) => {
  const { w, said } = useSpeech()
  const [sessions, setSessions] = useState<OpenSession[] | null>(null)
  const [failure, setFailure] = useState<Error | null>(null)
  const [refusal, setRefusal] = useState<Error | null>(null)
  const look = () =>
    list().then(
      all => {
        setSessions(all)
        setFailure(null)
      },
      error => setFailure(error as Error),
    )
  useEffect(() => void look(), [])

  const endOne = async (session: OpenSession) => {
    setRefusal(null)
    try {
      await end(session.id)
      if (session.present) {
        window.location.assign('/login')
        return
      }
    } catch (error) {
      setRefusal(error as Error)
    }
    await look()
  }
  return (
    <Card data-testid="tongmai-sessions">
      <CardTitle component="h2">{title}</CardTitle>
      <CardBody className="tongmai-stack">
        <div className="tongmai-above tongmai-above-sessions">
          <span className="tongmai-quiet">{w.sessions.explanation}</span>
          <span className="tongmai-paging-gap" />
          <Button variant="link" isInline onClick={() => void look()}>
            {w.sessions.refresh}
          </Button>
        </div>
        {refusal && <Alert variant="danger" isInline title={said(refusal)} />}
        {failure && <Failure failure={failure} retry={() => void look()} />}
        {!failure && !sessions && <Loading />}
        {!failure && sessions?.length === 0 && <p className="tongmai-quiet">{w.sessions.empty}</p>}
        {!failure && sessions && sessions.length > 0 && <Rows title={title} sessions={sessions} end={endOne} />}
      </CardBody>
    </Card>
  )
}

interface RowsProps {
  title: string
  sessions: OpenSession[]
  end: (session: OpenSession) => Promise<void>
}

const Rows: React.FunctionComponent<RowsProps> = ({ title, sessions, end }) => {
  const { w, time } = useSpeech()
  const s = w.sessions
  return (
    <div className="tongmai-scroll">
      <Table aria-label={title} variant="compact" className="tongmai-table">
        <Thead>
          <Tr>
            <Th modifier="nowrap">{s.since}</Th>
            <Th modifier="nowrap">{s.usedAt}</Th>
            <Th modifier="nowrap">{s.address}</Th>
            <Th screenReaderText={s.end} />
          </Tr>
        </Thead>
        <Tbody>
          {sessions.map(session => (
            <Tr key={session.id} data-session={session.id}>
              <Td dataLabel={s.since}>{time(session.since)}</Td>
              <Td dataLabel={s.usedAt}>{time(session.usedAt)}</Td>
              <Td dataLabel={s.address}>
                <span className="tongmai-labels">
                  {session.address}
                  {session.present && (
                    <Label color="blue" isCompact>
                      {s.present}
                    </Label>
                  )}
                </span>
              </Td>
              <Td>
                <Button
                  variant="link"
                  isInline
                  isDanger
                  aria-label={s.endOf(time(session.since))}
                  onClick={() => void end(session)}
                >
                  {s.end}
                </Button>
              </Td>
            </Tr>
          ))}
        </Tbody>
      </Table>
    </div>
  )
}
