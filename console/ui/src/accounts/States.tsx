import { Label } from '@patternfly/react-core'
import React from 'react'
import { ADMINISTRATORS, isMachine, MACHINES, marksOf, type Mark } from './accounts'
import type { Account, Credentials, Role } from './api'
import { useSpeech } from './speech'

type Colour = React.ComponentProps<typeof Label>['color']

const MARKS: Record<Mark, Colour> = {
  ACTIVE: 'green',
  DISABLED: 'grey',
  LOCKED: 'red',
  ONE_TIME: 'orange',
  OUTDATED: 'orange',
  FACTOR_MISSING: 'orange',
}

export const Marks: React.FunctionComponent<{ account: Account }> = ({ account }) => {
  const { w, time } = useSpeech()
  const until = account.state.lockedUntil
  return (
    <span className="tongmai-labels">
      {marksOf(account).map(mark => (
        <Label
          key={mark}
          color={MARKS[mark]}
          isCompact
          data-mark={mark}
          title={mark === 'LOCKED' && until ? w.lockedUntil(time(until)) : undefined}
        >
          {w.mark[mark]}
        </Label>
      ))}
    </span>
  )
}

export const RoleLabels: React.FunctionComponent<{ roles: Role[] }> = ({ roles }) => {
  const { w } = useSpeech()
  const colour = (role: Role): Colour =>
    ADMINISTRATORS.includes(role) ? 'purple' : MACHINES.includes(role) ? 'grey' : 'blue'
  return (
    <span className="tongmai-labels">
      {roles.map(role => (
        <Label key={role} color={colour(role)} variant="outline" isCompact title={role}>
          {w.role[role]}
        </Label>
      ))}
    </span>
  )
}

/** Whether a login asks for a one-time code. */
export const Factor: React.FunctionComponent<{ account: { roles: Role[]; credentials: Credentials } }> = ({ account }) => {
  const { w } = useSpeech()
  if (isMachine(account)) {
    return <span className="tongmai-quiet">{w.factor.none}</span>
  }
  const isOn = account.credentials.secondFactor
  return (
    <span className="tongmai-labels">
      <Label color={isOn ? 'green' : 'grey'} isCompact data-factor={isOn ? 'on' : 'off'}>
        {isOn ? w.factor.on : w.factor.off}
      </Label>
    </span>
  )
}
