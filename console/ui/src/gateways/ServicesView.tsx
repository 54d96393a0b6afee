import {
  Button,
  Card,
  CardBody,
  EmptyState,
  Form,
  FormGroup,
  FormSelect,
  FormSelectOption,
  TextInput,
} from '@patternfly/react-core'
import { Td, Tr } from '@patternfly/react-table'
import React, { useState } from 'react'
import { DataTable } from '../DataTable'
import type { ServiceFigures } from './api'
import { AddButton } from './AddButton'
import { useBoard, useSpeech } from './board'
import { Entries } from './Entries'
import { usualSignatures } from './fields'
import { isTroubled } from './nodes'
import { GATEWAYS, serviceDomains, type Gateway, type JsonObject, type Service } from './rules'
import { ActiveLabel, CircuitLabel, DraftMarks, EntryLink, GatewayLabels } from './States'

const STEP = 100

interface Filter {
  gateway: string
  domain: string
  state: string
  text: string
}

const EVERY: Filter = { gateway: '', domain: '', state: '', text: '' }
const NO_DOMAIN = ' '
const TROUBLED = 'TROUBLED'

function fits(service: Service, figures: ServiceFigures | undefined, filter: Filter): boolean {
  const text = filter.text.trim().toLowerCase()
  const words = [service.id, service.title, service.path].map(word => (word ?? '').toLowerCase())
  return (
    (filter.gateway === '' || (service.gateways ?? []).includes(filter.gateway as Gateway)) &&
    (filter.domain === '' || (service.domain ?? '') === filter.domain.trim()) &&
    (filter.state === '' ||
      (filter.state === TROUBLED ? isTroubled(figures) : (service.state ?? 'ACTIVE') === filter.state)) &&
    (text === '' || words.some(word => word.includes(text)))
  )
}

/** Every service, and the systems they belong to. */
export const ServicesView: React.FunctionComponent = () => {
  const { w } = useSpeech()
  const { rules } = useBoard()
  return (
    <div className="tongmai-stack">
      <ServiceList />
      <Entries
        kind="systems"
        title={w.services.systems}
        rows={(rules.systems ?? []).map(system => [
          system.id ?? '',
          system.title ?? '',
          <ActiveLabel key="state" state={system.state} />,
        ])}
      />
    </div>
  )
}

/** Every service with what it may and how it does, filtered. */
const ServiceList: React.FunctionComponent = () => {
  const { w } = useSpeech()
  const { rules, seen, mayPublish } = useBoard()
  const [filter, setFilter] = useState<Filter>(EVERY)
  const [most, setMost] = useState(STEP)
  const all = rules.services ?? []
  const some = all.filter(service => fits(service, seen.figures.get(service.id ?? ''), filter))

  return (
    <Card>
      <CardBody>
        <FilterForm filter={filter} change={part => setFilter(now => ({ ...now, ...part }))} />
        <div className="tongmai-above">
          <span aria-live="polite">{w.services.count(some.length, all.length)}</span>
          {filter !== EVERY && (
            <Button variant="link" isInline onClick={() => setFilter(EVERY)}>
              {w.services.clear}
            </Button>
          )}
          <span className="tongmai-paging-gap" />
          {mayPublish && <AddButton kind="services" />}
        </div>
        {some.length === 0 && <EmptyState titleText={w.services.empty} headingLevel="h2" variant="sm" />}
        {some.length > 0 && <ServiceTable services={some.slice(0, most)} />}
        {some.length > most && (
          <Button variant="link" onClick={() => setMost(most + STEP)}>
            {w.publications.more}
          </Button>
        )}
      </CardBody>
    </Card>
  )
}

const FilterForm: React.FunctionComponent<{ filter: Filter; change: (part: Partial<Filter>) => void }> = ({
  filter,
  change,
}) => {
  const { w } = useSpeech()
  const { rules } = useBoard()
  const choices: [keyof Filter, string, [string, string][]][] = [
    [
      'gateway',
      w.services.gateways,
      [['', w.services.anyGateway], ...GATEWAYS.map((each): [string, string] => [each, w.gateway[each]])],
    ],
    [
      'domain',
      w.services.domain,
      [
        ['', w.services.anyDomain],
        [NO_DOMAIN, w.services.noDomain],
        ...serviceDomains(rules).map((each): [string, string] => [each, each]),
      ],
    ],
    [
      'state',
      w.services.state,
      [
        ['', w.services.anyState],
        ...['ACTIVE', 'SUSPENDED'].map((each): [string, string] => [each, w.active[each] ?? each]),
        [TROUBLED, w.services.troubled],
      ],
    ],
  ]
  return (
    <Form className="tongmai-search" role="search" onSubmit={event => event.preventDefault()} autoComplete="off">
      {choices.map(([name, label, options]) => (
        <FormGroup key={name} label={label} fieldId={`tongmai-filter-${name}`}>
          <FormSelect
            id={`tongmai-filter-${name}`}
            value={filter[name]}
            onChange={(_, value) => change({ [name]: value })}
          >
            {options.map(([value, title]) => (
              <FormSelectOption key={value} value={value} label={title} />
            ))}
          </FormSelect>
        </FormGroup>
      ))}
      <FormGroup label={w.services.text} fieldId="tongmai-filter-text">
        <TextInput
          id="tongmai-filter-text"
          type="search"
          value={filter.text}
          placeholder={w.services.textHint}
          onChange={(_, value) => change({ text: value })}
        />
      </FormGroup>
    </Form>
  )
}

const ServiceTable: React.FunctionComponent<{ services: Service[] }> = ({ services }) => {
  const { w } = useSpeech()
  const { seen } = useBoard()
  const s = w.services
  return (
    <div className="tongmai-scroll">
      <DataTable
        caption={s.caption}
        heads={[s.service, s.state, s.gateways, s.path, s.domain, s.access, s.limits, s.transport]}
        className="tongmai-services"
      >
        {services.map(service => (
          <ServiceRow key={service.id} service={service} figures={seen.figures.get(service.id ?? '')} />
        ))}
      </DataTable>
    </div>
  )
}

const ServiceRow: React.FunctionComponent<{ service: Service; figures: ServiceFigures | undefined }> = ({
  service,
  figures,
}) => {
  const { w } = useSpeech()
  const { rules } = useBoard()
  const s = w.services
  const id = service.id ?? ''
  const system = rules.systems?.find(each => each.id === service.system)
  const subject = { kind: 'services', id } as const
  const [access, proof] = useAccess(service)
  const [rate, time] = useLimits(service)
  return (
    <Tr data-service={id}>
      <Td dataLabel={s.service}>
        <div className="tongmai-name">
          <EntryLink subject={subject}>{service.title || id}</EntryLink>
        </div>
        <div className="tongmai-quiet tongmai-small">{id}</div>
      </Td>
      <Td dataLabel={s.state}>
        <span className="tongmai-labels">
          <ActiveLabel state={service.state} />
          {system?.state === 'SUSPENDED' && <span className="tongmai-bad tongmai-small">{s.systemSuspended}</span>}
          {figures && figures.circuit !== 'CLOSED' && <CircuitLabel circuit={figures.circuit} />}
          <DraftMarks subject={subject} />
        </span>
      </Td>
      <Td dataLabel={s.gateways}>
        <GatewayLabels gateways={service.gateways} />
      </Td>
      <Td dataLabel={s.path}>
        <div>{(service.methods ?? []).join(' ')}</div>
        <div title={service.path}>
          <code>{service.path}</code>
        </div>
      </Td>
      <Td dataLabel={s.domain}>{service.domain}</Td>
      <Td dataLabel={s.access}>
        <div>{access}</div>
        <div className="tongmai-quiet tongmai-small" title={proof}>
          {proof}
        </div>
      </Td>
      <Td dataLabel={s.limits}>
        <div>{rate}</div>
        <div className="tongmai-quiet tongmai-small">{time}</div>
      </Td>
      <Td dataLabel={s.transport}>
        <TargetsUp service={service} figures={figures} />
      </Td>
    </Tr>
  )
}

const TargetsUp: React.FunctionComponent<{ service: Service; figures: ServiceFigures | undefined }> = ({
  service,
  figures,
}) => {
  const { w } = useSpeech()
  const all = service.transport?.targets?.length ?? 0
  const down = figures?.targets.filter(target => target.state === 'DOWN').length ?? 0
  return (
    <>
      <div>{service.transport?.kind}</div>
      <div className={down > 0 ? 'tongmai-bad tongmai-small' : 'tongmai-quiet tongmai-small'}>
        {figures
          ? w.services.targetsUp(figures.targets.length - down, figures.targets.length)
          : w.services.targets(all)}
      </div>
    </>
  )
}

/** Who may call, and how that is proven. */
export function useAccess(service: Service): [string, string] {
  const { w } = useSpeech()
  const access = service.access ?? {}
  const identity = access.identity ?? 'APPLICATION'
  const signatures = access.signatures ?? usualSignatures(service as JsonObject)
  const { allow = [], deny = [] } = access.addresses ?? {}
  const proof = [
    identity !== 'NONE' && signatures.length > 0 ? w.services.signed(signatures.join(' ')) : '',
    access.ownership ? (w.services.ownership[access.ownership.mode ?? 'ENFORCE'] ?? '') : '',
    allow.length + deny.length > 0 ? w.services.addressesLimited : '',
  ]
  return [w.services.identity[identity] ?? identity, proof.filter(part => part !== '').join(' · ')]
}

/** How many calls, how long, how many at once. */
export function useLimits(service: Service): [string, string] {
  const { w, duration } = useSpeech()
  const { timeout = 'PT5S', rate = {}, breaker = {} } = service.traffic ?? {}
  const calls = rate.calls ?? 0
  return [
    calls > 0 ? w.services.rate(calls, duration(rate.per ?? 'PT1S')) : w.services.noRate,
    [w.services.timeout(duration(timeout)), w.services.concurrency(breaker.concurrency || 500)].join(' · '),
  ]
}
