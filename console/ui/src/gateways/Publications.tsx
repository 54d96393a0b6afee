import { Alert, Button, Card, CardBody, CardTitle, Label } from '@patternfly/react-core'
import { Table, Tbody, Td, Th, Thead, Tr } from '@patternfly/react-table'
import React, { useState } from 'react'
import { Refusal } from '../api'
import { gateways } from './api'
import { DifferenceTable } from './DifferenceTable'
import { differences } from './difference'
import { parse, type Rules } from './rules'
import { useBoard, useSpeech } from './board'
import { Digest } from './NodesView'
import { Question } from '../Question'

const AT_FIRST = 10

/** An earlier revision beside what is in force; neither rules nor a failure while it is fetched. */
interface Compared {
  revision: number
  rules: Rules | null
  failure: Error | null
}

/** What was published, by whom and why; who may can publish an earlier revision again. */
export const Publications: React.FunctionComponent = () => {
  const { w, time, said } = useSpeech()
  const { seen, mayPublish, refresh } = useBoard()
  const [asked, setAsked] = useState<{ revision: number; basedOn: number } | null>(null)
  const [done, setDone] = useState<number | null>(null)
  const [shown, setShown] = useState(AT_FIRST)
  const [compared, setCompared] = useState<Compared | null>(null)
  const { publications } = seen

  /** Based on what was in force when the question was asked: that is what the answer is given to. */
  const ask = (revision: number) => setAsked({ revision, basedOn: seen.published.revision })
  const again = async (revision: number, basedOn: number) => {
    try {
      const publication = await gateways.publishAgain(revision, basedOn)
      setDone(publication.revision)
      setAsked(null)
    } finally {
      await refresh()
    }
  }
  const compare = async (revision: number) => {
    setCompared({ revision, rules: null, failure: null })
    try {
      const { rules, problem } = parse(await gateways.rulesOf(revision))
      setCompared({ revision, rules, failure: rules === null ? new Error(problem ?? '') : null })
    } catch (failure) {
      setCompared({ revision, rules: null, failure: failure as Error })
    }
  }
  const describe = (failure: Error) =>
    failure instanceof Refusal && failure.code !== ''
      ? w.rules.refused(said(failure), failure.code)
      : w.rules.unanswered(said(failure))
  return (
    <Card>
      <CardTitle component="h2">{w.publications.title}</CardTitle>
      <CardBody>
        {done !== null && <Alert variant="success" isInline title={w.publications.done(done)} />}
        {publications.length === 0 && <p className="tongmai-quiet">{w.publications.empty}</p>}
        {publications.length > 0 && (
          <Table aria-label={w.publications.caption} variant="compact" className="tongmai-table">
            <Thead>
              <Tr>
                <Th>{w.publications.revision}</Th>
                <Th>{w.publications.at}</Th>
                <Th>{w.publications.by}</Th>
                <Th width={40}>{w.publications.note}</Th>
                <Th>{w.publications.digest}</Th>
                <Th screenReaderText={w.publications.actions} />
              </Tr>
            </Thead>
            <Tbody>
              {publications.slice(0, shown).map((publication, index) => (
                <Tr key={publication.revision} data-revision={publication.revision}>
                  <Td dataLabel={w.publications.revision}>
                    {publication.revision}{' '}
                    {index === 0 && (
                      <Label color="green" isCompact>
                        {w.publications.inForce}
                      </Label>
                    )}
                  </Td>
                  <Td dataLabel={w.publications.at}>{time(publication.at)}</Td>
                  <Td dataLabel={w.publications.by}>{publication.by}</Td>
                  <Td dataLabel={w.publications.note} className="tongmai-wrap">
                    {publication.note}
                  </Td>
                  <Td dataLabel={w.publications.digest}>
                    <Digest digest={publication.digest} />
                  </Td>
                  <Td>
                    {index > 0 && (
                      <span className="tongmai-labels">
                        <Button variant="link" isInline onClick={() => void compare(publication.revision)}>
                          {w.publications.compare}
                        </Button>
                        {mayPublish && (
                          <Button variant="link" isInline onClick={() => ask(publication.revision)}>
                            {w.publications.again}
                          </Button>
                        )}
                      </span>
                    )}
                  </Td>
                </Tr>
              ))}
            </Tbody>
          </Table>
        )}
        {publications.length > shown && (
          <Button variant="link" onClick={() => setShown(shown + 10 * AT_FIRST)}>
            {w.publications.more}
          </Button>
        )}
        {compared !== null && (
          <section data-testid="tongmai-compared" aria-live="polite">
            <h3>
              {w.publications.compared(compared.revision, seen.published.revision)}{' '}
              <Button variant="link" isInline onClick={() => setCompared(null)}>
                {w.publications.close}
              </Button>
            </h3>
            {compared.failure !== null && <Alert variant="danger" isInline title={said(compared.failure)} />}
            {compared.rules !== null && (
              <DifferenceTable changes={differences(seen.published.rules, compared.rules)} edits={false} />
            )}
          </section>
        )}
        {asked !== null && (
          <Question
            title={w.publications.againTitle(asked.revision)}
            confirm={w.publications.confirm}
            onConfirm={() => again(asked.revision, asked.basedOn)}
            onClose={() => setAsked(null)}
            describe={describe}
          >
            {w.publications.againBody}
          </Question>
        )}
      </CardBody>
    </Card>
  )
}
