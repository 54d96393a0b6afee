import { Alert, Button } from '@patternfly/react-core'
import React, { useState } from 'react'
import { useBoard, useSpeech } from './board'
import { Question } from './Question'

/** The draft, whichever tab is open: how much it changes, whether somebody published in the meantime, where to go on. */
export const DraftBar: React.FunctionComponent = () => {
  const { w } = useSpeech()
  const { drafting, changes, seen, spot, go, setRefused } = useBoard()
  const [isAsking, setAsking] = useState(false)
  const [carried, setCarried] = useState<{ revision: number; conflicts: string[] } | null>(null)
  const { draft } = drafting

  const carry = () => {
    setCarried({ revision: seen.published.revision, conflicts: drafting.carry() })
    setRefused(null)
  }
  const discard = () => {
    drafting.discard()
    setRefused(null)
    setCarried(null)
    setAsking(false)
  }
  if (!draft) {
    return null
  }
  const latest = seen.publications[0]
  const isOvertaken = latest !== undefined && latest.revision > draft.base.revision
  const title = draft.problem ? w.draft.text : w.draft.title(changes.length)
  return (
    <section className="tongmai-draft" data-testid="tongmai-draft" aria-label={title}>
      <div className="tongmai-draft-line">
        <strong>{title}</strong>
        <span className="tongmai-quiet">
          {w.draft.basedOn(draft.base.revision)} · {drafting.isKept ? w.draft.kept : w.draft.notKept}
        </span>
        <span className="tongmai-paging-gap" />
        {spot.tab !== 'rules' && (
          <Button variant="primary" onClick={() => go({ tab: 'rules', subject: null, edits: false })}>
            {w.draft.review}
          </Button>
        )}
        <Button variant="link" onClick={() => setAsking(true)}>
          {w.draft.discard}
        </Button>
      </div>
      {isOvertaken && (
        <Alert
          variant="warning"
          isInline
          title={w.draft.overtaken(latest.revision, latest.by, latest.note)}
          data-testid="tongmai-overtaken"
          actionLinks={
            <Button variant="link" isInline onClick={carry} isDisabled={draft.problem !== null}>
              {w.draft.carryOver(latest.revision)}
            </Button>
          }
        />
      )}
      {carried && carried.revision === draft.base.revision && (
        <Alert
          variant={carried.conflicts.length > 0 ? 'warning' : 'success'}
          isInline
          title={w.draft.carried(carried.revision)}
        >
          {carried.conflicts.length > 0 && w.draft.conflicts(w.list(carried.conflicts))}
        </Alert>
      )}
      {isAsking && (
        <Question
          title={w.draft.discardTitle}
          confirm={w.draft.discard}
          onConfirm={discard}
          onClose={() => setAsking(false)}
        >
          {w.draft.discardBody}
        </Question>
      )}
    </section>
  )
}
