import { Alert, AlertActionCloseButton, Button } from '@patternfly/react-core'
import React, { useState } from 'react'
import { useBoard, useSpeech } from './board'
import type { Carried } from './draft'
import { Question } from '../Question'

/** The draft, whichever tab is open: how much it changes, whether somebody published in the meantime, where to go on. */
export const DraftBar: React.FunctionComponent = () => {
  const { w } = useSpeech()
  const { drafting, changes, seen, spot, go, setRefused } = useBoard()
  const [isAsking, setAsking] = useState(false)
  const { draft, carried } = drafting

  const carry = () => {
    drafting.carry()
    setRefused(null)
  }
  const discard = () => {
    drafting.discard()
    setRefused(null)
    setAsking(false)
  }
  const notice = carried && (
    <CarriedAlert carried={carried} base={draft?.base.revision} close={drafting.forgetCarried} />
  )
  if (!draft) {
    return notice
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
      {notice}
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

interface CarriedProps {
  carried: Carried
  /** What the draft is made from; undefined where there is none. */
  base: number | undefined
  close: () => void
}

/** What came of carrying over. Values that gave way stand nowhere else any more, so they stay until somebody closes it. */
const CarriedAlert: React.FunctionComponent<CarriedProps> = ({ carried, base, close }) => {
  const { w } = useSpeech()
  const { revision, conflicts } = carried
  if (conflicts.length === 0) {
    return revision === base ? <Alert variant="success" isInline title={w.draft.carried(revision)} /> : null
  }
  return (
    <Alert
      variant="warning"
      isInline
      title={w.draft.conflicts(revision)}
      data-testid="tongmai-conflicts"
      actionClose={<AlertActionCloseButton onClose={close} aria-label={w.draft.close} />}
    >
      <ul className="tongmai-conflicts">
        {conflicts.map(({ place, mine }) => (
          <li key={place} data-conflict={place}>
            {place} = <code>{mine === undefined ? w.rules.what.REMOVED : JSON.stringify(mine)}</code>
          </li>
        ))}
      </ul>
    </Alert>
  )
}
