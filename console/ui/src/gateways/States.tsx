import { Button, Label } from '@patternfly/react-core'
import React from 'react'
import type { Found } from '../api'
import { useBoard, useSpeech } from './board'
import { placeOf } from './places'
import type { NodeState } from './nodes'
import type { ActiveState, Gateway, KeyState, Subject } from './rules'

type Colour = React.ComponentProps<typeof Label>['color']

const NODES: Record<NodeState, Colour> = {
  FOLLOWS: 'green',
  TAKES_UP: 'blue',
  BEHIND: 'orange',
  DIFFERS: 'red',
  PARTLY: 'red',
  SILENT: 'red',
  GONE: 'grey',
}
const KEYS: Record<KeyState, Colour> = { COUNTS: 'green', ENDS_SOON: 'orange', NOT_YET: 'grey', ENDED: 'red' }
const CIRCUITS: Record<string, Colour> = { CLOSED: 'green', HALF_OPEN: 'orange', OPEN: 'red' }
const GATEWAYS: Record<Gateway, Colour> = { BUS: 'teal', OPEN: 'blue', USER: 'purple' }

export const NodeStateLabel: React.FunctionComponent<{ state: NodeState }> = ({ state }) => {
  const { w } = useSpeech()
  return (
    <Label color={NODES[state]} isCompact data-state={state}>
      {w.nodes.states[state]}
    </Label>
  )
}

export const ActiveLabel: React.FunctionComponent<{ state: ActiveState | undefined }> = ({ state = 'ACTIVE' }) => {
  const { w } = useSpeech()
  return (
    <Label color={state === 'ACTIVE' ? 'green' : 'grey'} isCompact data-state={state}>
      {w.active[state] ?? state}
    </Label>
  )
}

export const KeyStateLabel: React.FunctionComponent<{ state: KeyState }> = ({ state }) => {
  const { w } = useSpeech()
  return (
    <Label color={KEYS[state]} isCompact data-state={state}>
      {w.applications.keyState[state]}
    </Label>
  )
}

export const CircuitLabel: React.FunctionComponent<{ circuit: 'CLOSED' | 'OPEN' | 'HALF_OPEN' }> = ({ circuit }) => {
  const { w } = useSpeech()
  return (
    <Label color={CIRCUITS[circuit]} isCompact data-circuit={circuit}>
      {w.services.circuit[circuit]}
    </Label>
  )
}

export const GatewayLabels: React.FunctionComponent<{ gateways: Gateway[] | undefined }> = ({ gateways = [] }) => {
  const { w } = useSpeech()
  return (
    <span className="tongmai-labels">
      {gateways.map(gateway => (
        <Label key={gateway} color={GATEWAYS[gateway]} variant="outline" isCompact title={w.gateway[gateway]}>
          {w.gatewayShort[gateway] ?? gateway}
        </Label>
      ))}
    </span>
  )
}

/** What the draft does to an entry, and how much the server found wrong with it. */
export const DraftMarks: React.FunctionComponent<{ subject: Subject }> = ({ subject }) => {
  const { w } = useSpeech()
  const { changes, rules, refused } = useBoard()
  const change = changes.find(({ kind, id }) => kind === subject.kind && id === subject.id)
  const wrong = (refused?.errors ?? []).filter(error => {
    const place = placeOf(error, rules)
    return place?.kind === subject.kind && place.id === subject.id
  }).length
  return (
    <>
      {change && (
        <Label color="yellow" isCompact data-draft={change.what}>
          {w.rules.what[change.what]}
        </Label>
      )}
      {wrong > 0 && (
        <Label color="red" isCompact>
          {w.rules.violations(wrong)}
        </Label>
      )}
    </>
  )
}

/** Goes to an entry: to see it, or with {@code edits} to change it. */
export const EntryLink: React.FunctionComponent<{ subject: Subject; edits?: boolean; children?: React.ReactNode }> = ({
  subject,
  edits = false,
  children,
}) => {
  const { go } = useBoard()
  const { w } = useSpeech()
  const tab = { services: 'services', applications: 'applications', callers: 'applications', groups: 'applications', identityProviders: 'identity', listeners: 'listeners', systems: 'services', addresses: 'identity', domains: 'identity', serviceDomains: 'identity', nodes: 'nodes' } as const
  return (
    <Button
      variant="link"
      isInline
      aria-label={edits ? `${w.edit} ${subject.id}` : undefined}
      onClick={() => go({ tab: tab[subject.kind], subject, edits })}
    >
      {children ?? subject.id}
    </Button>
  )
}

/** What was found and what is expected instead, in the language of the page as far as the server's sentence allows. */
export const FoundText: React.FunctionComponent<{ error: Found; found: string; expected: string }> = ({
  error,
  found,
  expected,
}) => {
  const { w } = useSpeech()
  const said = [
    found === '' ? '' : `${w.rules.found} ${found === 'none' ? w.none : found}`,
    expected === '' ? '' : w.rules.expected(expected),
  ].filter(part => part !== '')
  return <>{said.length > 0 ? said.join(' · ') : (w.code[error.code] ?? error.code)}</>
}
