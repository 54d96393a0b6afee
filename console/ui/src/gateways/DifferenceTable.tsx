import { Label } from '@patternfly/react-core'
import { Table, Tbody, Td, Th, Thead, Tr } from '@patternfly/react-table'
import React from 'react'
import { useSpeech } from './board'
import type { Change } from './difference'
import { isByGateway, type Json } from './rules'
import { EntryLink } from './States'

const COLOURS = { ADDED: 'green', REMOVED: 'red', CHANGED: 'yellow' } as const
const LONGEST = 160
const SHOWN = 60

/** Each entry that is not the same, member by member; those of a draft can be edited. */
export const DifferenceTable: React.FunctionComponent<{ changes: Change[]; edits: boolean }> = ({ changes, edits }) => {
  const { w } = useSpeech()
  if (changes.length === 0) {
    return <p className="tongmai-quiet">{w.rules.noDifferences}</p>
  }
  return (
    <div className="tongmai-stack" data-testid="tongmai-differences">
      {changes.map(change => (
        <Entry key={`${change.kind} ${change.id}`} change={change} edits={edits} />
      ))}
    </div>
  )
}

const Entry: React.FunctionComponent<{ change: Change; edits: boolean }> = ({ change, edits }) => {
  const { w } = useSpeech()
  const labels: Record<string, string> = w.fields
  const name = `${w.kind[change.kind]} ${isByGateway(change.kind) ? (w.gateway[change.id as 'BUS'] ?? change.id) : change.id}`
  return (
    <section data-change={`${change.kind} ${change.id}`}>
      <h3 className="tongmai-labels">
        <Label color={COLOURS[change.what]} isCompact>
          {w.rules.what[change.what]}
        </Label>
        {edits && change.what !== 'REMOVED' ? (
          <EntryLink subject={change} edits>
            {name}
          </EntryLink>
        ) : (
          name
        )}
      </h3>
      <Table aria-label={name} variant="compact" className="tongmai-table tongmai-difference">
        <Thead>
          <Tr>
            <Th width={25}>{w.rules.member}</Th>
            <Th>{w.rules.before}</Th>
            <Th>{w.rules.after}</Th>
          </Tr>
        </Thead>
        <Tbody>
          {change.members.map(member => (
            <Tr key={member.path}>
              <Td dataLabel={w.rules.member} className="tongmai-wrap">
                <div>{labels[member.path.replace(/\[\d+\]/g, '')] ?? member.path}</div>
                <div className="tongmai-quiet tongmai-small">{member.path}</div>
              </Td>
              <Td dataLabel={w.rules.before} className="tongmai-wrap">
                {change.what !== 'ADDED' && <Value value={member.before} />}
              </Td>
              <Td dataLabel={w.rules.after} className="tongmai-wrap">
                {change.what !== 'REMOVED' && <Value value={member.after} />}
              </Td>
            </Tr>
          ))}
        </Tbody>
      </Table>
    </section>
  )
}

/** As JSON; of what is long (keys) the beginning and the end, which tell two apart. */
const Value: React.FunctionComponent<{ value: Json | undefined }> = ({ value }) => {
  const { w } = useSpeech()
  if (value == null) {
    return <span className="tongmai-quiet">{w.rules.absent}</span>
  }
  const json = JSON.stringify(value)
  return <code>{json.length > LONGEST ? `${json.slice(0, SHOWN)} … ${json.slice(-SHOWN)}` : json}</code>
}
