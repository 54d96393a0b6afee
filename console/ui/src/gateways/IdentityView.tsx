import { Card, CardBody, CardTitle, Button } from '@patternfly/react-core'
import { Td, Tr } from '@patternfly/react-table'
import React from 'react'
import { Facts } from '../page'
import { DataTable } from '../DataTable'
import { AddButton } from './AddButton'
import { useBoard, useSpeech } from './board'
import { begin } from './fields'
import { servesDomain } from './nodes'
import { find, GATEWAYS, serviceDomains, type DomainRule, type Gateway, type IdentityProvider } from './rules'
import { ActiveLabel, DraftMarks, EntryLink } from './States'

/** Who vouches for users, which other sites are safe, and which domains services are in. */
export const IdentityView: React.FunctionComponent = () => {
  const { w } = useSpeech()
  return (
    <>
      <Providers />
      <div className="tongmai-cards">
        <Card>
          <CardTitle component="h2">{w.identity.safe}</CardTitle>
          <CardBody className="tongmai-stack">
            {GATEWAYS.map(gateway => (
              <SafeDomains key={gateway} gateway={gateway} />
            ))}
          </CardBody>
        </Card>
        <Card>
          <CardTitle component="h2">{w.identity.doors}</CardTitle>
          <CardBody className="tongmai-stack">
            {GATEWAYS.map(gateway => (
              <DoorAddresses key={gateway} gateway={gateway} />
            ))}
          </CardBody>
        </Card>
        <ServiceDomains />
      </div>
    </>
  )
}

const Providers: React.FunctionComponent = () => {
  const { w } = useSpeech()
  const { rules, mayPublish } = useBoard()
  const i = w.identity
  const providers = rules.identityProviders ?? []
  return (
    <Card>
      <CardTitle component="h2">{i.providers}</CardTitle>
      <CardBody>
        {providers.length === 0 && <p className="tongmai-quiet">{i.noProviders}</p>}
        {providers.length > 0 && (
          <DataTable
            caption={i.providers}
            heads={[i.provider, w.services.state, i.how, i.address, i.subject, i.usedBy]}
            act={mayPublish && w.edit}
          >
            {providers.map(provider => (
              <ProviderRow key={provider.id} provider={provider} />
            ))}
          </DataTable>
        )}
        {mayPublish && <AddButton kind="identityProviders" />}
      </CardBody>
    </Card>
  )
}

const ProviderRow: React.FunctionComponent<{ provider: IdentityProvider }> = ({ provider }) => {
  const { w } = useSpeech()
  const { rules, mayPublish } = useBoard()
  const i = w.identity
  const subject = { kind: 'identityProviders', id: provider.id ?? '' } as const
  const users = (rules.services ?? []).filter(service => service.access?.user?.provider === provider.id)
  return (
    <Tr data-provider={provider.id}>
      <Td dataLabel={i.provider}>
        <div>{provider.title || provider.id}</div>
        <div className="tongmai-quiet tongmai-small">{provider.id}</div>
      </Td>
      <Td dataLabel={w.services.state}>
        <span className="tongmai-labels">
          <ActiveLabel state={provider.state} />
          {(provider.deniedUsers ?? []).length > 0 && (
            <span className="tongmai-quiet tongmai-small">{i.deniedUsers((provider.deniedUsers ?? []).length)}</span>
          )}
          <DraftMarks subject={subject} />
        </span>
      </Td>
      <Td dataLabel={i.how}>{provider.jwt ? i.jwt : i.exchange}</Td>
      <Td dataLabel={i.address} className="tongmai-wrap">
        {provider.jwt?.issuer ?? provider.exchange?.url}
      </Td>
      <Td dataLabel={i.subject} className="tongmai-wrap">
        <div>{provider.subject?.claim}</div>
        <div className="tongmai-quiet tongmai-small">{provider.subject?.system}</div>
      </Td>
      <Td dataLabel={i.usedBy} className="tongmai-wrap">
        <span className="tongmai-labels">
          {users.map(service => (
            <EntryLink key={service.id} subject={{ kind: 'services', id: service.id ?? '' }} />
          ))}
        </span>
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

/** What a gateway is called, and the way to change what a kind of rules says of it. */
const GatewayLine: React.FunctionComponent<{ kind: 'addresses' | 'domains'; gateway: Gateway }> = ({
  kind,
  gateway,
}) => {
  const { w } = useSpeech()
  const { rules, mayPublish, drafting, go } = useBoard()
  const subject = { kind, id: gateway } as const
  const edit = () => {
    if (!rules[kind]?.[gateway]) {
      drafting.edit(subject, begin(kind, gateway))
    }
    go({ subject, edits: true })
  }
  return (
    <div className="tongmai-draft-line">
      <h3>{w.gateway[gateway]}</h3>
      <DraftMarks subject={subject} />
      {mayPublish && (
        <Button
          variant="link"
          isInline
          onClick={edit}
          aria-label={`${w.edit} ${w.kind[kind]} ${w.gateway[gateway]}`}
          data-edit={`${kind} ${gateway}`}
        >
          {w.edit}
        </Button>
      )}
    </div>
  )
}

const DoorAddresses: React.FunctionComponent<{ gateway: Gateway }> = ({ gateway }) => {
  const { w } = useSpeech()
  const { rules } = useBoard()
  const { allow = [], deny = [] } = rules.addresses?.[gateway] ?? {}
  return (
    <section>
      <GatewayLine kind="addresses" gateway={gateway} />
      {allow.length + deny.length === 0 && <p className="tongmai-quiet">{w.identity.noAddresses}</p>}
      {allow.length + deny.length > 0 && (
        <Facts
          facts={[
            [w.identity.allowed, w.list(allow) || w.none],
            [w.identity.denied, w.list(deny) || w.none],
          ]}
        />
      )}
    </section>
  )
}

const SafeDomains: React.FunctionComponent<{ gateway: Gateway }> = ({ gateway }) => {
  const { w } = useSpeech()
  const { rules } = useBoard()
  const rule: DomainRule | undefined = rules.domains?.[gateway]
  return (
    <section>
      <GatewayLine kind="domains" gateway={gateway} />
      {!rule && <p className="tongmai-quiet">{w.identity.noSafe}</p>}
      {rule && (
        <Facts
          facts={[
            [w.identity.origins, w.list(rule.origins ?? []) || w.none],
            [w.identity.redirects, w.list(rule.redirects ?? []) || w.none],
          ]}
        />
      )}
    </section>
  )
}

const ServiceDomains: React.FunctionComponent = () => {
  const { w } = useSpeech()
  const { rules, seen, mayPublish } = useBoard()
  const domains = serviceDomains(rules)
  const i = w.identity
  return (
    <Card>
      <CardTitle component="h2">{i.serviceDomains}</CardTitle>
      <CardBody>
        {domains.length === 0 && <p className="tongmai-quiet">{i.noDomains}</p>}
        {domains.length > 0 && (
          <DataTable
            caption={i.serviceDomains}
            heads={[i.domain, i.services, i.applications, w.nodes.node]}
            act={mayPublish && w.edit}
          >
            {domains.map(domain => (
              <Tr key={domain} data-domain={domain}>
                <Td dataLabel={i.domain}>
                  <DomainName id={domain} />
                </Td>
                <Td dataLabel={i.services} className="tongmai-wrap">
                  {w.list(
                    (rules.services ?? [])
                      .filter(service => service.domain === domain)
                      .map(service => service.id ?? ''),
                  )}
                </Td>
                <Td dataLabel={i.applications} className="tongmai-wrap">
                  {w.list(
                    (rules.applications ?? [])
                      .filter(one => one.domains?.includes(domain) || !one.domains?.length)
                      .map(one => (one.domains?.length ? (one.id ?? '') : `${one.id ?? ''} (${i.everyDomain})`)),
                  )}
                </Td>
                <Td dataLabel={w.nodes.node} className="tongmai-wrap">
                  {w.list(seen.nodes.filter(node => servesDomain(node, domain, seen.at)).map(({ node }) => node)) ||
                    w.none}
                </Td>
                {mayPublish && (
                  <Td>
                    {find(rules, { kind: 'serviceDomains', id: domain }) && (
                      <EntryLink subject={{ kind: 'serviceDomains', id: domain }} edits>
                        {w.edit}
                      </EntryLink>
                    )}
                  </Td>
                )}
              </Tr>
            ))}
          </DataTable>
        )}
        {mayPublish && <AddButton kind="serviceDomains" />}
      </CardBody>
    </Card>
  )
}

const DomainName: React.FunctionComponent<{ id: string }> = ({ id }) => {
  const { w } = useSpeech()
  const { rules } = useBoard()
  const declared = rules.serviceDomains?.find(one => one.id === id)
  return (
    <>
      <span className="tongmai-labels">
        {declared?.title || id}
        {declared ? (
          <ActiveLabel state={declared.state} />
        ) : (
          <span className="tongmai-bad">{w.identity.undeclared}</span>
        )}
        <DraftMarks subject={{ kind: 'serviceDomains', id }} />
      </span>
      <div className="tongmai-quiet tongmai-small">{id}</div>
    </>
  )
}
