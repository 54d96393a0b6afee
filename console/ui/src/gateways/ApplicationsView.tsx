import { Card, CardBody, CardTitle, Form, FormGroup, TextInput } from '@patternfly/react-core'
import { Td, Tr } from '@patternfly/react-table'
import React, { useState } from 'react'
import { DataTable } from '../DataTable'
import { AddButton } from './AddButton'
import { useBoard, useSpeech } from './board'
import { Entries } from './Entries'
import { callable, keyState, type Application } from './rules'
import { ActiveLabel, DraftMarks, EntryLink, KeyStateLabel } from './States'

/** Who calls: applications with what they may call and their keys, their callers, and groups of services. */
export const ApplicationsView: React.FunctionComponent = () => {
  const { w } = useSpeech()
  const { rules } = useBoard()
  const a = w.applications
  return (
    <>
      <Applications />
      <div className="tongmai-cards">
        <Entries
          kind="callers"
          title={a.callers}
          rows={(rules.callers ?? []).map(caller => [
            caller.id ?? '',
            caller.title ?? '',
            <ActiveLabel key="state" state={caller.state} />,
          ])}
        />
        <Entries
          kind="groups"
          title={a.groups}
          rows={(rules.groups ?? []).map(group => [
            group.id ?? '',
            group.title ?? '',
            <Services key="services" ids={group.services ?? []} />,
          ])}
        />
      </div>
    </>
  )
}

const Services: React.FunctionComponent<{ ids: string[] }> = ({ ids }) => (
  <span className="tongmai-labels">
    {ids.map(id => (
      <EntryLink key={id} subject={{ kind: 'services', id }} />
    ))}
  </span>
)

const Applications: React.FunctionComponent = () => {
  const { w } = useSpeech()
  const { rules, mayPublish } = useBoard()
  const [text, setText] = useState('')
  const a = w.applications
  const all = rules.applications ?? []
  const some = all.filter(one =>
    [one.id, one.title, one.caller].some(word => (word ?? '').toLowerCase().includes(text.trim().toLowerCase())),
  )
  return (
    <Card>
      <CardTitle component="h2">{a.applications}</CardTitle>
      <CardBody>
        <div className="tongmai-above">
          <Form role="search" onSubmit={event => event.preventDefault()} className="tongmai-one-field">
            <FormGroup label={a.text} fieldId="tongmai-filter-application">
              <TextInput
                id="tongmai-filter-application"
                type="search"
                value={text}
                onChange={(_, value) => setText(value)}
              />
            </FormGroup>
          </Form>
          <span className="tongmai-paging-gap" />
          {mayPublish && <AddButton kind="applications" />}
        </div>
        {some.length === 0 && <p className="tongmai-quiet">{a.empty}</p>}
        {some.length > 0 && (
          <div className="tongmai-scroll">
            <DataTable
              caption={a.applications}
              heads={[a.application, a.state, a.caller, a.mayCall, a.keys, a.limits]}
              act={mayPublish && w.edit}
            >
              {some.map(one => (
                <ApplicationRow key={one.id} application={one} />
              ))}
            </DataTable>
          </div>
        )}
      </CardBody>
    </Card>
  )
}

const ApplicationRow: React.FunctionComponent<{ application: Application }> = ({ application }) => {
  const { w, duration } = useSpeech()
  const { rules, mayPublish } = useBoard()
  const a = w.applications
  const id = application.id ?? ''
  const subject = { kind: 'applications', id } as const
  const caller = rules.callers?.find(one => one.id === application.caller)
  const grants = callable(rules, application)
  const { allow = [], deny = [] } = application.addresses ?? {}
  const calls = application.rate?.calls ?? 0
  const limits = [
    calls > 0 ? w.services.rate(calls, duration(application.rate?.per ?? 'PT1S')) : w.services.noRate,
    allow.length + deny.length > 0 ? w.services.addressesLimited : '',
    application.domains?.length ? w.list(application.domains) : a.anyDomain,
  ]
  return (
    <Tr data-application={id}>
      <Td dataLabel={a.application}>
        <div>{application.title || id}</div>
        <div className="tongmai-quiet tongmai-small">{id}</div>
      </Td>
      <Td dataLabel={a.state}>
        <span className="tongmai-labels">
          <ActiveLabel state={application.state} />
          <DraftMarks subject={subject} />
        </span>
      </Td>
      <Td dataLabel={a.caller}>
        <div>{caller?.title || application.caller}</div>
        {caller?.state === 'SUSPENDED' && <div className="tongmai-bad tongmai-small">{a.callerSuspended}</div>}
      </Td>
      <Td dataLabel={a.mayCall} className="tongmai-wrap">
        {grants.length === 0 && <span className="tongmai-quiet">{a.noServices}</span>}
        <ul className="tongmai-plain">
          {grants.map(grant => (
            <li key={grant.id}>
              <EntryLink subject={{ kind: 'services', id: grant.id }} />{' '}
              {!grant.direct && <span className="tongmai-quiet">{grant.groups.map(a.viaGroup).join(' · ')}</span>}
            </li>
          ))}
        </ul>
      </Td>
      <Td dataLabel={a.keys}>
        <Keys application={application} />
      </Td>
      <Td dataLabel={a.limits}>
        {limits
          .filter(limit => limit !== '')
          .map(limit => (
            <div key={limit}>{limit}</div>
          ))}
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

/** Keys by their ids: when each counts, and what for; never what it is. */
const Keys: React.FunctionComponent<{ application: Application }> = ({ application }) => {
  const { w, time } = useSpeech()
  const { seen } = useBoard()
  const a = w.applications
  const keys = application.keys ?? []
  return (
    <>
      {keys.length === 0 && <span className="tongmai-quiet">{a.noKeys}</span>}
      <ul className="tongmai-plain">
        {keys.map(key => (
          <li key={key.id}>
            <span className="tongmai-labels">
              <code>{key.id}</code>
              <span className="tongmai-quiet">{key.profile}</span>
              <KeyStateLabel state={keyState(key, seen.at)} />
            </span>
            {(key.from || key.to) && (
              <div className="tongmai-quiet tongmai-small">
                {[key.from ? a.since(time(key.from)) : '', key.to ? a.until(time(key.to)) : '']
                  .filter(part => part !== '')
                  .join(' ')}
              </div>
            )}
          </li>
        ))}
      </ul>
    </>
  )
}
