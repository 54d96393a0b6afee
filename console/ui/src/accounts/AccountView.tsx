import { Alert, Breadcrumb, BreadcrumbItem, Button, Card, CardBody, CardTitle } from '@patternfly/react-core'
import React, { useState } from 'react'
import { Facts } from '../page'
import { AccountActs } from './AccountActs'
import { accounts, type Account } from './api'
import { SessionTable } from './SessionTable'
import { useSpeech } from './speech'
import { Factor, Marks, RoleLabels } from './States'

interface Props {
  /** Null when there is none of this name. */
  account: Account | null
  isOwn: boolean
  back: () => void
  changed: () => Promise<void>
}

/** One account: what it is, what can be done to it, where it is logged in. */
export const AccountView: React.FunctionComponent<Props> = ({ account, isOwn, back, changed }) => {
  const { w, time } = useSpeech()
  const [turn, setTurn] = useState(0)
  if (!account) {
    return <Alert variant="info" isInline title={w.account.gone} />
  }
  const { credentials, person, state } = account
  const again = async () => {
    await changed()
    setTurn(now => now + 1)
  }
  return (
    <div className="tongmai-stack" data-testid="tongmai-account">
      <Breadcrumb>
        <BreadcrumbItem>
          <Button variant="link" isInline onClick={back}>
            {w.account.back}
          </Button>
        </BreadcrumbItem>
        <BreadcrumbItem isActive>{account.name}</BreadcrumbItem>
      </Breadcrumb>
      <div className="tongmai-cards">
        <Card>
          <CardTitle component="h2">{w.account.facts}</CardTitle>
          <CardBody>
            <Facts
              facts={[
                [w.name, account.name],
                [w.displayName, person.displayName],
                [w.roleTitle, <RoleLabels key="roles" roles={account.roles} />],
                [w.state, <Marks key="state" account={account} />],
                [w.secondFactor, <Factor key="factor" account={account} />],
                [w.lastLogin, time(person.lastLoginAt) || w.never],
                [w.passwordSince, time(credentials.passwordSince)],
                [w.account.failures, state.failedAttempts > 0 ? w.account.times(state.failedAttempts) : ''],
              ]}
            />
          </CardBody>
        </Card>
        <AccountActs account={account} isOwn={isOwn} changed={again} />
      </div>
      <SessionTable
        key={turn}
        title={w.sessions.title}
        list={() => accounts.sessions(account.name)}
        end={id => accounts.endSession(account.name, id)}
      />
    </div>
  )
}
