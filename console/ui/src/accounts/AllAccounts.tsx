import {
  Button,
  Card,
  CardBody,
  Form,
  FormGroup,
  FormSelect,
  FormSelectOption,
  TextInput,
} from '@patternfly/react-core'
import { Table, Tbody, Td, Th, Thead, Tr } from '@patternfly/react-table'
import React, { useCallback, useEffect, useState } from 'react'
import { Failure, Loading } from '../page'
import { found, type Mark, type Wanted } from './accounts'
import { AccountView } from './AccountView'
import { accounts, ROLES, type Account, type Role } from './api'
import { CreateAccount } from './CreateAccount'
import { Factor, Marks, RoleLabels } from './States'
import { useSpeech } from './speech'

const ANY: Wanted = { text: '', role: '', mark: '' }

interface Props {
  self: string
  /** The account that is open; null for the list. */
  opened: string | null
  open: (account: string | null) => void
}

/** All accounts, or one of them. */
export const AllAccounts: React.FunctionComponent<Props> = ({ self, opened, open }) => {
  const [all, setAll] = useState<Account[] | null>(null)
  const [failure, setFailure] = useState<Error | null>(null)
  const look = useCallback(async () => {
    try {
      setAll(await accounts.all())
      setFailure(null)
    } catch (error) {
      setFailure(error as Error)
    }
  }, [])
  useEffect(() => void look(), [look, opened])

  const failed = failure && <Failure failure={failure} retry={() => void look()} />
  if (!all) {
    return failed ?? <Loading />
  }
  return (
    <>
      {/* Above what was there: a password that is shown once may be among it. */}
      {failed}
      {/* The list stays alive under an account: coming back finds the filter. */}
      <div hidden={opened !== null}>
        <AccountList all={all} open={open} look={look} />
      </div>
      {opened !== null && (
        <AccountView
          key={opened}
          account={all.find(({ name }) => name === opened) ?? null}
          isOwn={opened === self}
          back={() => open(null)}
          changed={look}
        />
      )}
    </>
  )
}

interface ListProps {
  all: Account[]
  open: (account: string) => void
  look: () => Promise<void>
}

const AccountList: React.FunctionComponent<ListProps> = ({ all, open, look }) => {
  const { w } = useSpeech()
  const [wanted, setWanted] = useState<Wanted>(ANY)
  const [isCreating, setCreating] = useState(false)
  const some = found(all, wanted)
  return (
    <Card>
      <CardBody>
        <div className="tongmai-above">
          <Filter wanted={wanted} change={part => setWanted(now => ({ ...now, ...part }))} />
          <span className="tongmai-quiet" aria-live="polite">
            {w.list.count(some.length, all.length)}
          </span>
          <span className="tongmai-paging-gap" />
          <Button variant="link" onClick={() => void look()}>
            {w.list.refresh}
          </Button>
          <Button variant="primary" onClick={() => setCreating(true)}>
            {w.list.create}
          </Button>
        </div>
        {some.length === 0 ? <p className="tongmai-quiet">{w.list.empty}</p> : <AccountTable some={some} open={open} />}
        {isCreating && (
          <CreateAccount
            onClose={() => {
              setCreating(false)
              void look()
            }}
          />
        )}
      </CardBody>
    </Card>
  )
}

interface FilterProps {
  wanted: Wanted
  change: (part: Partial<Wanted>) => void
}

const Filter: React.FunctionComponent<FilterProps> = ({ wanted, change }) => {
  const { w } = useSpeech()
  return (
    <Form role="search" className="tongmai-account-filter" autoComplete="off" onSubmit={event => event.preventDefault()}>
      <FormGroup label={w.list.search} fieldId="tongmai-account-text">
        <TextInput
          id="tongmai-account-text"
          type="search"
          value={wanted.text}
          onChange={(_, text) => change({ text })}
        />
      </FormGroup>
      <FormGroup label={w.roleTitle} fieldId="tongmai-account-role">
        <FormSelect
          id="tongmai-account-role"
          value={wanted.role}
          onChange={(_, role) => change({ role: role as Role | '' })}
        >
          <FormSelectOption value="" label={w.list.anyRole} />
          {ROLES.map(role => (
            <FormSelectOption key={role} value={role} label={w.role[role]} />
          ))}
        </FormSelect>
      </FormGroup>
      <FormGroup label={w.state} fieldId="tongmai-account-mark">
        <FormSelect
          id="tongmai-account-mark"
          value={wanted.mark}
          onChange={(_, mark) => change({ mark: mark as Mark | '' })}
        >
          <FormSelectOption value="" label={w.list.anyMark} />
          {(Object.keys(w.mark) as Mark[]).map(mark => (
            <FormSelectOption key={mark} value={mark} label={w.mark[mark]} />
          ))}
        </FormSelect>
      </FormGroup>
    </Form>
  )
}

const AccountTable: React.FunctionComponent<{ some: Account[]; open: (account: string) => void }> = ({ some, open }) => {
  const { w, time } = useSpeech()
  return (
    <div className="tongmai-scroll">
      <Table aria-label={w.list.caption} variant="compact" className="tongmai-table tongmai-accounts-table">
        <Thead>
          <Tr>
            <Th modifier="nowrap">{w.name}</Th>
            <Th modifier="nowrap">{w.displayName}</Th>
            <Th modifier="nowrap">{w.roleTitle}</Th>
            <Th modifier="nowrap">{w.state}</Th>
            <Th modifier="nowrap">{w.secondFactor}</Th>
            <Th modifier="nowrap">{w.lastLogin}</Th>
          </Tr>
        </Thead>
        <Tbody>
          {some.map(account => (
            <Tr key={account.name} isClickable onRowClick={() => open(account.name)} data-account={account.name}>
              <Td dataLabel={w.name}>
                <Button
                  variant="link"
                  isInline
                  onClick={event => {
                    event.stopPropagation()
                    open(account.name)
                  }}
                >
                  {account.name}
                </Button>
              </Td>
              <Td dataLabel={w.displayName} className="tongmai-wrap">
                {account.person.displayName}
              </Td>
              <Td dataLabel={w.roleTitle}>
                <RoleLabels roles={account.roles} />
              </Td>
              <Td dataLabel={w.state}>
                <Marks account={account} />
              </Td>
              <Td dataLabel={w.secondFactor}>
                <Factor account={account} />
              </Td>
              <Td dataLabel={w.lastLogin}>
                {time(account.person.lastLoginAt) || <span className="tongmai-quiet">{w.never}</span>}
              </Td>
            </Tr>
          ))}
        </Tbody>
      </Table>
    </div>
  )
}
