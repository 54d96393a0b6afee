import { Label } from '@patternfly/react-core'
import React from 'react'
import type { Act, Finding } from './api'
import { partsOf, toneOf, type Tone } from './audit'
import { useSpeech } from './speech'

type Colour = React.ComponentProps<typeof Label>['color']

const TONES: Record<Tone, Colour> = { good: 'green', open: 'grey', refused: 'orange', bad: 'red' }

export const Outcome: React.FunctionComponent<{ outcome: string }> = ({ outcome }) => {
  const { w } = useSpeech()
  return (
    <span className="tongmai-labels">
      <Label color={TONES[toneOf(outcome)]} isCompact data-outcome={outcome}>
        {w.outcomes[outcome] ?? outcome}
      </Label>
    </span>
  )
}

/** What an act is called, over the name it has in the log. */
export const ActName: React.FunctionComponent<{ act: string; acts: Act[] }> = ({ act, acts }) => {
  const { called } = useSpeech()
  const known = acts.find(({ name }) => name === act)
  return known ? (
    <>
      <div title={called(known)}>{called(known)}</div>
      <div className="tongmai-quiet tongmai-small">{act}</div>
    </>
  ) : (
    <>{act}</>
  )
}

export const Who: React.FunctionComponent<{ actor: string }> = ({ actor }) => {
  const { w } = useSpeech()
  return actor === '' ? <span className="tongmai-quiet">{w.nobody}</span> : <div title={actor}>{actor}</div>
}

/** A digest, whole, by which two are compared. */
export const Digest: React.FunctionComponent<{ digest: string }> = ({ digest }) => (
  <code className="tongmai-digest">{digest}</code>
)

/** What a finding says it found and expected, in the words of the page; the server's sentence where it says neither. */
export const FoundExpected: React.FunctionComponent<{ finding: Finding }> = ({ finding }) => {
  const { w } = useSpeech()
  const { said, found, expected } = partsOf(finding.detail)
  return (
    <span className="tongmai-found">
      {found === '' && <span className="tongmai-quiet">{said}</span>}
      {found !== '' && (
        <span>
          {w.verify.found} <code>{found}</code>
        </span>
      )}
      {expected !== '' && (
        <span>
          {w.verify.expected} <code>{expected}</code>
        </span>
      )}
    </span>
  )
}
