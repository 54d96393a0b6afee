import { Breadcrumb, BreadcrumbItem, Button, Card, CardBody, CardTitle, EmptyState, Title } from '@patternfly/react-core'
import React from 'react'
import { useBoard, useSpeech } from './board'
import { Copies } from './Copies'
import { chosenOf, FORMS, valueAt, type Field, type Section } from './fields'
import { KeptAnswers } from './KeptAnswers'
import { Proposals } from './Proposals'
import { callers, find, type Json, type JsonObject, type Service } from './rules'
import { Facts } from '../page'
import { ActiveLabel, CircuitLabel, DraftMarks, GatewayLabels } from './States'

/** One service: how it does now, who may call it, and every rule it has. */
export const ServiceView: React.FunctionComponent<{ id: string }> = ({ id }) => {
  const { w } = useSpeech()
  const { rules, go, mayPublish } = useBoard()
  const entry = find(rules, { kind: 'services', id })
  if (!entry) {
    return <EmptyState titleText={w.services.empty} headingLevel="h2" variant="sm" />
  }
  const service = entry as Service
  return (
    <div data-testid="tongmai-service" className="tongmai-stack">
      <Breadcrumb>
        <BreadcrumbItem>
          <Button variant="link" isInline onClick={() => go({ subject: null })}>
            {w.service.back}
          </Button>
        </BreadcrumbItem>
        <BreadcrumbItem isActive>{id}</BreadcrumbItem>
      </Breadcrumb>
      <div className="tongmai-draft-line">
        <Title headingLevel="h2">{service.title || id}</Title>
        <ActiveLabel state={service.state} />
        <GatewayLabels gateways={service.gateways} />
        <code>
          {(service.methods ?? []).join(' ')} {service.path}
        </code>
        <DraftMarks subject={{ kind: 'services', id }} />
        <span className="tongmai-paging-gap" />
        {mayPublish && <Buttons id={id} entry={entry} />}
      </div>
      <div className="tongmai-cards">
        <Now id={id} />
        <Callers id={id} service={service} />
      </div>
      {service.access?.ownership && <Proposals id={id} service={service} />}
      {service.traffic?.copy && <Copies id={id} />}
      {service.traffic?.cache && <KeptAnswers id={id} />}
      <div className="tongmai-cards tongmai-columns">
        {FORMS.services
          .filter(section => section.name !== 'basics')
          .map(section => (
            <SectionFacts key={section.name} section={section} entry={entry} />
          ))}
      </div>
    </div>
  )
}

const Buttons: React.FunctionComponent<{ id: string; entry: JsonObject }> = ({ id, entry }) => {
  const { w } = useSpeech()
  const { drafting, go } = useBoard()
  const isSuspended = entry.state === 'SUSPENDED'
  const turn = () =>
    drafting.edit({ kind: 'services', id }, { ...entry, state: isSuspended ? 'ACTIVE' : 'SUSPENDED' })
  return (
    <>
      <Button variant="secondary" onClick={turn} isDisabled={drafting.draft?.problem != null}>
        {isSuspended ? w.service.resume : w.service.suspend}
      </Button>
      <Button variant="primary" onClick={() => go({ edits: true })}>
        {w.edit}
      </Button>
    </>
  )
}

const Now: React.FunctionComponent<{ id: string }> = ({ id }) => {
  const { w, number } = useSpeech()
  const { seen } = useBoard()
  const figures = seen.figures.get(id)
  const isPublished = find(seen.published.rules, { kind: 'services', id }) !== undefined
  return (
    <Card>
      <CardTitle component="h3">{w.service.now}</CardTitle>
      <CardBody>
        {!figures && <p className="tongmai-quiet">{isPublished ? w.services.notHere : w.services.notPublished}</p>}
        {figures && (
          <Facts
            facts={[
              [w.service.circuit, <CircuitLabel key="circuit" circuit={figures.circuit} />],
              [w.service.underWay, number(figures.underWay)],
              [w.service.capacity, number(figures.capacity)],
              ...figures.targets.map((target): [string, React.ReactNode] => [
                target.url,
                <span key={target.url} className={target.state === 'DOWN' ? 'tongmai-bad' : ''}>
                  {w.services.target[target.state]} · {w.service.underWay} {number(target.underWay)}
                </span>,
              ]),
            ]}
          />
        )}
      </CardBody>
    </Card>
  )
}

const Callers: React.FunctionComponent<{ id: string; service: Service }> = ({ id, service }) => {
  const { w } = useSpeech()
  const { rules } = useBoard()
  const grants = callers(rules, id)
  const { identity = 'APPLICATION', signatures = [] } = service.access ?? {}
  const asks = identity === 'APPLICATION' || (identity === 'USER' && signatures.length > 0)
  return (
    <Card>
      <CardTitle component="h3">{w.service.callers}</CardTitle>
      <CardBody>
        {!asks && <p className="tongmai-quiet">{identity === 'USER' ? w.service.byToken : w.service.byAddress}</p>}
        {asks && grants.length === 0 && <p className="tongmai-quiet">{w.service.noCallers}</p>}
        {asks && (
          <ul className="tongmai-plain">
            {grants.map(grant => (
              <li key={grant.id}>
                {grant.id}{' '}
                <span className="tongmai-quiet">
                  {[grant.direct ? w.service.direct : '', ...grant.groups.map(w.applications.viaGroup)]
                    .filter(part => part !== '')
                    .join(' · ')}
                </span>
              </li>
            ))}
          </ul>
        )}
      </CardBody>
    </Card>
  )
}

/** What the form would edit, to read; a part that is absent is said once. */
const SectionFacts: React.FunctionComponent<{ section: Section; entry: JsonObject }> = ({ section, entry }) => {
  const { w } = useSpeech()
  const labels: Record<string, string> = w.fields
  const absent = section.fields.filter(field => field.type === 'part' && valueAt(entry, field.path) == null)
  const shown = section.fields.filter(
    field => field.type !== 'part' && !absent.some(({ path }) => `${field.path}.`.startsWith(`${path}.`)),
  )
  return (
    <Card>
      <CardTitle component="h3">{w.editor.section[section.name]}</CardTitle>
      <CardBody>
        <Facts
          facts={[
            ...shown.map((field): [string, React.ReactNode] => [
              labels[field.path] ?? field.path,
              field.type === 'choices' ? (
                <Chosen key={field.path} field={field} entry={entry} />
              ) : (
                <Value key={field.path} field={field} value={valueAt(entry, field.path)} />
              ),
            ]),
            ...absent.map(({ path }): [string, React.ReactNode] => [labels[path] ?? path, <Quiet key={path} />]),
          ]}
        />
      </CardBody>
    </Card>
  )
}

const Quiet: React.FunctionComponent = () => {
  const { w } = useSpeech()
  return <span className="tongmai-quiet">{w.none}</span>
}

/** The options that count, also those of the default. */
const Chosen: React.FunctionComponent<{ field: Field; entry: JsonObject }> = ({ field, entry }) => {
  const { w } = useSpeech()
  const { chosen, isDefault } = chosenOf(field, entry)
  return (
    <>
      <Value field={field} value={chosen} />
      {isDefault && <span className="tongmai-quiet"> · {w.editor.byDefault}</span>}
    </>
  )
}

const Value: React.FunctionComponent<{ field: Field; value: Json | undefined }> = ({ field, value }) => {
  const { w, duration } = useSpeech()
  const options: Record<string, string> = w.options
  const word = (one: Json) => options[`${field.path}.${String(one)}`] ?? String(one)
  if (value == null || value === '' || (Array.isArray(value) && value.length === 0)) {
    return <Quiet />
  }
  if (field.type === 'parameters') {
    const given = Object.entries(value as JsonObject)
    return given.length === 0 ? (
      <Quiet />
    ) : (
      <ul className="tongmai-plain">
        {given.map(([name, text]) => (
          <li key={name}>
            <code>{name}</code> {String(text)}
          </li>
        ))}
      </ul>
    )
  }
  const { rows } = field
  if (rows && Array.isArray(value)) {
    const cell = (row: JsonObject, column: Field) => {
      const given = row[column.path]
      const isEmpty = given == null || given === '' || (Array.isArray(given) && given.length === 0)
      return isEmpty ? [] : [options[`${field.path}.${column.path}.${String(given)}`] ?? String(given)]
    }
    return (
      <ul className="tongmai-plain">
        {value.map((row, index) => (
          <li key={index}>{rows.flatMap(column => cell(row as JsonObject, column)).join(' · ')}</li>
        ))}
      </ul>
    )
  }
  if (Array.isArray(value)) {
    return <>{w.list(value.map(word))}</>
  }
  return <>{field.type === 'duration' ? duration(String(value)) : word(value)}</>
}
