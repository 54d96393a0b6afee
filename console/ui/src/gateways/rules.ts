/** The rules of the gateways as console/server reads and takes them (routes/gateways/README.md). A member may be absent. */

export const GATEWAYS = ['BUS', 'OPEN', 'USER'] as const
export type Gateway = (typeof GATEWAYS)[number]
export type ActiveState = 'ACTIVE' | 'SUSPENDED'

export interface Rate {
  calls?: number
  per?: string
}

export interface Addresses {
  allow?: string[]
  deny?: string[]
}

export interface Policy {
  in?: string
  name?: string
  system?: string
  form?: string
  who?: string
}

export interface DomainRule {
  origins?: string[]
  redirects?: string[]
  redirectParameters?: string[]
  credentials?: string
}

export interface Service {
  id?: string
  title?: string
  domain?: string
  system?: string
  state?: ActiveState
  gateways?: Gateway[]
  methods?: string[]
  path?: string
  transport?: {
    kind?: string
    parameters?: { [name: string]: string }
    strip?: string
    targets?: { url?: string; weight?: number; version?: string }[]
    grey?: { version?: string; applications?: string[]; field?: string; value?: string; percent?: number }[]
    health?: { path?: string; interval?: string } | null
  }
  binding?: {
    protocols?: string[]
    namespace?: string
    operation?: string
    response?: string
    action?: string
    elementFormDefault?: string
    arrays?: string[]
    location?: string
  } | null
  access?: {
    identity?: string
    signatures?: string[]
    window?: string
    addresses?: Addresses
    user?: { provider?: string; scopes?: string[]; roles?: string[]; nonce?: string; rate?: Rate } | null
    ownership?: { mode?: string; policies?: Policy[]; learnSystems?: string[] } | null
    domains?: DomainRule | null
  }
  content?: {
    maxBody?: number
    largeBody?: number
    fields?: string[] | null
    screening?: string[]
    freeText?: string[]
    encryption?: { profiles?: string[]; request?: string; answer?: string }
    files?: { types?: string[]; maxSize?: number; maxCount?: number } | null
  }
  traffic?: {
    timeout?: string
    timeoutRetries?: number
    errorRetries?: number
    errorStatuses?: number[]
    rate?: Rate
    addressRate?: Rate
    breaker?: { concurrency?: number; errorPercent?: number; window?: string; open?: string }
    cache?: { level?: string; time?: string; parameters?: string[]; methods?: string[]; headers?: string } | null
    copy?: { url?: string; percent?: number; compare?: string } | null
  }
  log?: { level?: string; shown?: string[]; record?: string }
}

/** A way in beside HTTP, to one service. */
export interface Listener {
  id?: string
  title?: string
  kind?: string
  parameters?: { [name: string]: string }
  application?: string
  service?: string
  addresses?: Addresses
}

export interface ApplicationKey {
  id?: string
  profile?: string
  from?: string | null
  to?: string | null
}

export interface Application {
  id?: string
  title?: string
  caller?: string
  state?: ActiveState
  domains?: string[]
  services?: string[]
  groups?: string[]
  keys?: ApplicationKey[]
  addresses?: Addresses
  rate?: Rate
}

export interface Caller {
  id?: string
  title?: string
  state?: ActiveState
  rate?: Rate
}

/** What services are interfaces of. */
export interface System {
  id?: string
  title?: string
  state?: ActiveState
}

export interface Group {
  id?: string
  title?: string
  services?: string[]
}

export interface IdentityProvider {
  id?: string
  title?: string
  state?: ActiveState
  field?: string
  subject?: { claim?: string; system?: string }
  deniedUsers?: string[]
  jwt?: { issuer?: string; audience?: string[]; keysUrl?: string; algorithms?: string[] } | null
  exchange?: { url?: string; app?: string } | null
}

/** A domain that services are in. */
export interface ServiceDomain {
  id?: string
  title?: string
  state?: ActiveState
}

/** What the rules say of a node, over its settings. */
export interface NodeRule {
  id?: string
  title?: string
  domains?: string[]
  state?: ActiveState
}

export interface Rules {
  services?: Service[]
  groups?: Group[]
  callers?: Caller[]
  applications?: Application[]
  identityProviders?: IdentityProvider[]
  listeners?: Listener[]
  systems?: System[]
  addresses?: { [gateway in Gateway]?: Addresses }
  domains?: { [gateway in Gateway]?: DomainRule }
  serviceDomains?: ServiceDomain[]
  nodes?: NodeRule[]
}

/** Lists of the rules whose entries have an id, and the maps of addresses and safe domains by gateway. */
export const KINDS = [
  'services',
  'groups',
  'callers',
  'applications',
  'identityProviders',
  'listeners',
  'systems',
  'addresses',
  'domains',
  'serviceDomains',
  'nodes',
] as const
export type Kind = (typeof KINDS)[number]

/** Whether the entries of a kind are those of gateways, which have no id but the gateway. */
export const isByGateway = (kind: Kind): kind is 'addresses' | 'domains' => kind === 'addresses' || kind === 'domains'

export type Json = null | boolean | number | string | Json[] | { [member: string]: Json }
export type JsonObject = { [member: string]: Json }

/** Which entry of the rules: {@code id} is a gateway where the kind is by gateway. */
export interface Subject {
  kind: Kind
  id: string
}

export type Reading = { rules: Rules; problem: null } | { rules: null; problem: string }

/** Rules from a text; what a browser says where it is not the JSON of an object. A member that is null is not there. */
export function parse(text: string): Reading {
  try {
    const read: unknown = JSON.parse(text, withoutNull)
    if (typeof read !== 'object' || read === null || Array.isArray(read)) {
      return { rules: null, problem: '{ … }' }
    }
    return { rules: read as Rules, problem: null }
  } catch (error) {
    return { rules: null, problem: (error as Error).message }
  }
}

function withoutNull(this: unknown, _: string, value: unknown): unknown {
  return value === null && !Array.isArray(this) ? undefined : value
}

export const text = (rules: Rules): string => JSON.stringify(rules, null, 2)

/** Every entry of a kind with its id. What is not of the expected form is left to the server to refuse. */
export function entries(rules: Rules, kind: Kind): [string, JsonObject][] {
  if (isByGateway(kind)) {
    return Object.entries(rules[kind] ?? {}) as [string, JsonObject][]
  }
  const list: unknown = rules[kind]
  return Array.isArray(list)
    ? list
        .filter((one): one is JsonObject => typeof one === 'object' && one !== null)
        .map(one => [String(one.id ?? ''), one])
    : []
}

export const find = (rules: Rules, { kind, id }: Subject): JsonObject | undefined =>
  entries(rules, kind).find(([each]) => each === id)?.[1]

/** The rules with an entry in the place of what has its id, or at the end; without it where it is null. */
export function put(rules: Rules, { kind, id }: Subject, entry: JsonObject | null): Rules {
  if (isByGateway(kind)) {
    const { [id as Gateway]: _, ...others } = rules[kind] ?? {}
    return { ...rules, [kind]: entry ? { ...others, [id]: entry } : others }
  }
  const list = entries(rules, kind)
  const there = list.some(([each]) => each === id)
  const changed = list.flatMap(([each, value]) => (each !== id ? [value] : entry ? [entry] : []))
  return { ...rules, [kind]: there || !entry ? changed : [...changed, entry] }
}

/** Why an application may call a service: by itself, or by groups. */
export interface Grant {
  id: string
  direct: boolean
  groups: string[]
}

/** A service without a domain is in all of them, and an application without one calls in all. */
const isIn = (application: Application, domain: string | undefined) =>
  !domain || !application.domains?.length || application.domains.includes(domain)

/** What an application may call, in its domains. */
export function callable(rules: Rules, application: Application): Grant[] {
  const groups = (rules.groups ?? []).filter(group => application.groups?.includes(group.id ?? ''))
  return (rules.services ?? [])
    .filter(service => isIn(application, service.domain))
    .map(service => service.id ?? '')
    .map(id => ({
      id,
      direct: application.services?.includes(id) ?? false,
      groups: groups.filter(group => group.services?.includes(id)).map(group => group.id ?? ''),
    }))
    .filter(grant => grant.direct || grant.groups.length > 0)
}

/** Which applications may call a service. */
export function callers(rules: Rules, service: string): Grant[] {
  return (rules.applications ?? []).flatMap(application =>
    callable(rules, application)
      .filter(grant => grant.id === service)
      .map(grant => ({ ...grant, id: application.id ?? '' })),
  )
}

const SOON = 30 * 24 * 3600_000

export type KeyState = 'COUNTS' | 'ENDS_SOON' | 'NOT_YET' | 'ENDED'

/** Whether a key counts at a moment (milliseconds); the last 30 days are told apart. */
export function keyState(key: ApplicationKey, now: number): KeyState {
  const from = key.from ? Date.parse(key.from) : -Infinity
  const to = key.to ? Date.parse(key.to) : Infinity
  if (now >= to) {
    return 'ENDED'
  }
  return now < from ? 'NOT_YET' : to - now < SOON ? 'ENDS_SOON' : 'COUNTS'
}

/** Signatures are checked, answers encrypted: an application without a key that counts can not do it any more. */
export function keyTrouble(application: Application, now: number): boolean {
  const keys = application.keys ?? []
  return keys.length > 0 && application.state !== 'SUSPENDED' && !keys.some(key => keyState(key, now) === 'COUNTS')
}

/** Every service domain that is declared or named anywhere, in order. */
export function serviceDomains(rules: Rules): string[] {
  const written = [
    ...(rules.serviceDomains ?? []).map(domain => domain.id ?? ''),
    ...(rules.services ?? []).map(service => service.domain ?? ''),
    ...(rules.applications ?? []).flatMap(application => application.domains ?? []),
  ]
  return [...new Set(written.filter(domain => domain !== ''))].sort()
}
