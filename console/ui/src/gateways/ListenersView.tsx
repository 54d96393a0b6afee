import { Card, CardBody, CardTitle } from '@patternfly/react-core'
import { Td, Tr } from '@patternfly/react-table'
import React from 'react'
import { DataTable } from '../DataTable'
import { AddButton } from './AddButton'
import { useBoard, useSpeech } from './board'
import type { Listener } from './rules'
import { DraftMarks, EntryLink } from './States'

/** The ports beside HTTP: who is taken for which application, and what service they lead to. */
export const ListenersView: React.FunctionComponent = () => {
  const { w } = useSpeech()
  const { rules, mayPublish } = useBoard()
  const l = w.listeners
  const listeners = rules.listeners ?? []
  return (
    <Card>
      <CardTitle component="h2">{w.tabs.listeners}</CardTitle>
      <CardBody>
        {listeners.length === 0 && <p className="tongmai-quiet">{l.empty}</p>}
        {listeners.length > 0 && (
          <DataTable
            caption={w.tabs.listeners}
            heads={[l.listener, l.kind, l.port, l.application, l.service, l.addresses]}
            act={mayPublish && w.edit}
          >
            {listeners.map(listener => (
              <ListenerRow key={listener.id} listener={listener} />
            ))}
          </DataTable>
        )}
        {mayPublish && <AddButton kind="listeners" />}
      </CardBody>
    </Card>
  )
}

const ListenerRow: React.FunctionComponent<{ listener: Listener }> = ({ listener }) => {
  const { w } = useSpeech()
  const { mayPublish } = useBoard()
  const l = w.listeners
  const subject = { kind: 'listeners', id: listener.id ?? '' } as const
  const { allow = [], deny = [] } = listener.addresses ?? {}
  return (
    <Tr data-listener={listener.id}>
      <Td dataLabel={l.listener}>
        <div>{listener.title || listener.id}</div>
        <span className="tongmai-labels">
          <span className="tongmai-quiet tongmai-small">{listener.id}</span>
          <DraftMarks subject={subject} />
        </span>
      </Td>
      <Td dataLabel={l.kind}>{listener.kind}</Td>
      <Td dataLabel={l.port}>{listener.parameters?.port}</Td>
      <Td dataLabel={l.application}>{listener.application}</Td>
      <Td dataLabel={l.service}>
        {listener.service && <EntryLink subject={{ kind: 'services', id: listener.service }} />}
      </Td>
      <Td dataLabel={l.addresses} className="tongmai-wrap">
        <div>{w.list(allow) || l.everywhere}</div>
        {deny.length > 0 && <div className="tongmai-quiet tongmai-small">{l.but(w.list(deny))}</div>}
      </Td>
      {mayPublish && (
        <Td>
          <EntryLink subject={subject} edits>
            {w.edit}
          </EntryLink>
        </Td>
      )}
    </Tr>
  )
}
