import { Card, CardBody, CardTitle } from '@patternfly/react-core'
import React, { useEffect, useState } from 'react'
import { Facts, Failure, Loading } from '../page'
import { own, type OwnAccount } from './api'
import { OwnPassword } from './OwnPassword'
import { SecondFactor } from './SecondFactor'
import { SessionTable } from './SessionTable'
import { useSpeech } from './speech'
import { Factor, RoleLabels } from './States'

/** The own account: password, one-time codes, sessions. */
export const OwnAccountView: React.FunctionComponent = () => {
  const { w, time } = useSpeech()
  const [account, setAccount] = useState<OwnAccount | null>(null)
  const [failure, setFailure] = useState<Error | null>(null)
  const look = () => {
    setFailure(null)
    own.account().then(setAccount, setFailure)
  }
  useEffect(look, [])
  if (failure) {
    return <Failure failure={failure} retry={look} />
  }
  if (!account) {
    return <Loading />
  }
  return (
    <div className="tongmai-stack" data-testid="tongmai-own">
      <Card>
        <CardTitle component="h2">{w.own.facts}</CardTitle>
        <CardBody>
          <div className="tongmai-own-facts">
            <Facts
              facts={[
                [w.name, account.name],
                [w.displayName, account.person.displayName],
                [w.roleTitle, <RoleLabels key="roles" roles={account.roles} />],
              ]}
            />
            <Facts
              facts={[
                [w.secondFactor, <Factor key="factor" account={account} />],
                [w.lastLogin, time(account.person.lastLoginAt)],
                [w.passwordSince, time(account.credentials.passwordSince)],
              ]}
            />
          </div>
        </CardBody>
      </Card>
      <div className="tongmai-cards">
        <OwnPassword account={account} />
        <SecondFactor isOn={account.credentials.secondFactor} />
      </div>
      <SessionTable title={w.sessions.own} list={own.sessions} end={own.endSession} />
    </div>
  )
}
