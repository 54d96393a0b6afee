import { Card, CardBody, CardTitle } from '@patternfly/react-core'
import React from 'react'
import { AddButton } from './AddButton'
import { useBoard, useSpeech } from './board'
import type { Kind } from './rules'
import { DraftMarks, EntryLink } from './States'

interface EntriesProps {
  kind: Kind
  title: string
  rows: [string, string, React.ReactNode][]
}

/** Small entries: what they are called, one thing about them, and the way to change them. */
export const Entries: React.FunctionComponent<EntriesProps> = ({ kind, title, rows }) => {
  const { w } = useSpeech()
  const { mayPublish } = useBoard()
  return (
    <Card>
      <CardTitle component="h2">{title}</CardTitle>
      <CardBody>
        {rows.length === 0 && <p className="tongmai-quiet">{w.none}</p>}
        <ul className="tongmai-entries">
          {rows.map(([id, name, about]) => (
            <li key={id}>
              <span className="tongmai-entry-name">
                {name || id} <span className="tongmai-quiet tongmai-small">{id}</span>
              </span>
              <span className="tongmai-entry-about">{about}</span>
              <DraftMarks subject={{ kind, id }} />
              {mayPublish && (
                <EntryLink subject={{ kind, id }} edits>
                  {w.edit}
                </EntryLink>
              )}
            </li>
          ))}
        </ul>
        {mayPublish && <AddButton kind={kind} />}
      </CardBody>
    </Card>
  )
}
