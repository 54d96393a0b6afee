import { Checkbox, FormGroup } from '@patternfly/react-core'
import React from 'react'
import { ADMINISTRATORS, BUSINESS, MACHINES } from './accounts'
import type { Role } from './api'
import { useSpeech } from './speech'

const GROUPS = { business: BUSINESS, administrators: ADMINISTRATORS, machines: MACHINES } as const

interface Props {
  chosen: Role[]
  choose: (roles: Role[]) => void
}

/** All roles with what each is for. Which go together is the server's word. */
export const RolesChoice: React.FunctionComponent<Props> = ({ chosen, choose }) => {
  const { w } = useSpeech()
  const toggle = (role: Role) =>
    choose(chosen.includes(role) ? chosen.filter(other => other !== role) : [...chosen, role])
  return (
    <>
      {(Object.keys(GROUPS) as (keyof typeof GROUPS)[]).map(group => (
        <FormGroup key={group} role="group" label={w.roleGroups[group]} fieldId={`tongmai-roles-${group}`}>
          {GROUPS[group].map(role => (
            <Checkbox
              key={role}
              id={`tongmai-role-${role}`}
              label={
                <>
                  {w.role[role]} <span className="tongmai-quiet tongmai-small tongmai-role-about">{w.roleAbout[role]}</span>
                </>
              }
              isChecked={chosen.includes(role)}
              onChange={() => toggle(role)}
            />
          ))}
        </FormGroup>
      ))}
    </>
  )
}
