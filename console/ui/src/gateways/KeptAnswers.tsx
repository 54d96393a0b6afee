import { Alert, Button, Card, CardBody, CardTitle } from '@patternfly/react-core'
import React, { useState } from 'react'
import { gateways } from './api'
import { useBoard, useSpeech } from './board'
import { Question } from '../Question'
import { Facts } from '../page'

/** How often a service's kept answers were there, and the way to have all nodes forget them. */
export const KeptAnswers: React.FunctionComponent<{ id: string }> = ({ id }) => {
  const { w, number } = useSpeech()
  const { seen, mayPublish, refresh } = useBoard()
  const [isAsked, setAsked] = useState(false)
  const [isDone, setDone] = useState(false)
  const cache = seen.figures.get(id)?.cache
  if (!cache) {
    return null
  }
  const s = w.service
  const clear = async () => {
    await gateways.clearKept(id)
    setAsked(false)
    setDone(true)
    await refresh()
  }
  return (
    <Card data-testid="tongmai-kept">
      <CardTitle component="h3">{s.kept}</CardTitle>
      <CardBody className="tongmai-stack">
        {isDone && <Alert variant="success" isInline isPlain title={s.cleared} data-testid="tongmai-cleared" />}
        <Facts
          facts={[
            [s.hits, number(cache.hits)],
            [s.misses, number(cache.misses)],
            [s.keptNow, number(cache.kept)],
          ]}
        />
        {mayPublish && (
          <div>
            <Button variant="secondary" size="sm" onClick={() => setAsked(true)} data-testid="tongmai-clear">
              {s.clear}
            </Button>
          </div>
        )}
        {isAsked && (
          <Question title={s.clearTitle(id)} confirm={s.clear} onConfirm={clear} onClose={() => setAsked(false)}>
            {s.clearBody}
          </Question>
        )}
      </CardBody>
    </Card>
  )
}
