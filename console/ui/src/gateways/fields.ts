import type { Json, JsonObject, Kind, Rules } from './rules'
import { templatesOf, type Transports } from './transports'

/**
 * What a form can edit, as tables: adding a row adds a field. What a type has besides is edited as JSON.
 *
 * text, number: one value. duration: ISO 8601. lines: one text a line. numbers: one number
 * a line. choice, choices: one or some of the options. part: an
 * object that may be absent; {@code made} is what it begins as. rows: a list of objects. long: text of many lines. word: a
 * text that is absent where it is empty. parameters: what the kind beside it takes. texts: a map of texts, one a line.
 */
export type FieldType =
  | 'text'
  | 'word'
  | 'long'
  | 'number'
  | 'duration'
  | 'lines'
  | 'numbers'
  | 'choice'
  | 'choices'
  | 'part'
  | 'rows'
  | 'parameters'
  | 'texts'

export interface Field {
  path: string
  type: FieldType
  options?: readonly string[]
  /** A choice that may also be none. */
  isOptional?: true
  made?: Json
  /** Options that count where the member is absent. */
  usual?: (entry: JsonObject) => readonly string[]
  rows?: readonly Field[]
}

export interface Section {
  name: 'basics' | 'transport' | 'binding' | 'access' | 'users' | 'traffic' | 'content' | 'log' | 'keys' | 'tokens' | 'safe'
  fields: readonly Field[]
}

const STATES = ['ACTIVE', 'SUSPENDED']
const METHODS = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'HEAD', 'OPTIONS']
const SIGNATURES = ['sm2-sm3', 'rsa-sha256', 'hmac-sm3']
const ENVELOPES = ['sm2-sm4-gcm', 'sm2-sm4-cbc-hmac-sm3', 'rsa-oaep-aes-gcm']
const SEALINGS = ['NEVER', 'ALLOWED', 'REQUIRED']
const DEFENCES = ['XSS', 'SQL_INJECTION']
const ALGORITHMS = ['RS256', 'PS256', 'ES256']

const field = (path: string, type: FieldType, options?: readonly string[]): Field =>
  options ? { path, type, options } : { path, type }
const choices = (path: string, options: readonly string[], usual: Field['usual']): Field => ({
  path,
  type: 'choices',
  options,
  usual,
})
const part = (path: string, made: Json): Field => ({ path, type: 'part', made })
const rows = (path: string, ...columns: Field[]): Field => ({ path, type: 'rows', rows: columns })
const rate = (path: string): Field[] => [field(`${path}.calls`, 'number'), field(`${path}.per`, 'duration')]
const addresses = (path: string): Field[] => [field(`${path}.allow`, 'lines'), field(`${path}.deny`, 'lines')]

/** As AccessRule of the engine has them: users prove themselves by their token. */
export const usualSignatures = (entry: JsonObject) => (valueAt(entry, 'access.identity') === 'USER' ? [] : ['sm2-sm3'])

const safe = (path: string): Field[] => [
  field(`${path}origins`, 'lines'),
  field(`${path}redirects`, 'lines'),
  field(`${path}redirectParameters`, 'lines'),
  field(`${path}exposed`, 'lines'),
  field(`${path}credentials`, 'choice', ['OMIT', 'INCLUDE']),
  field(`${path}preflight`, 'duration'),
]

export const POLICY_PARTS = ['PATH', 'QUERY', 'FORM', 'BODY', 'ANSWER', 'ANSWER_FIELD'] as const
export const POLICY_WHO = ['SELF', 'SELF_OR_WARD'] as const

const SERVICE: Section[] = [
  {
    name: 'basics',
    fields: [
      field('title', 'text'),
      field('domain', 'text'),
      { path: 'system', type: 'choice', isOptional: true },
      field('state', 'choice', STATES),
      field('path', 'text'),
      field('gateways', 'choices', ['BUS', 'OPEN', 'USER']),
      field('methods', 'choices', METHODS),
    ],
  },
  {
    name: 'transport',
    fields: [
      field('transport.kind', 'choice'),
      field('transport.parameters', 'parameters'),
      field('transport.strip', 'text'),
      rows('transport.targets', field('url', 'text'), field('weight', 'number'), field('version', 'text')),
      rows(
        'transport.grey',
        field('version', 'text'),
        field('applications', 'lines'),
        field('field', 'text'),
        field('value', 'text'),
        field('percent', 'number'),
      ),
      part('transport.health', { path: '/', interval: 'PT10S' }),
      field('transport.health.path', 'text'),
      field('transport.health.interval', 'duration'),
    ],
  },
  {
    name: 'binding',
    fields: [
      part('binding', { protocols: ['SOAP_1_1', 'SOAP_1_2'], namespace: '', operation: '' }),
      field('binding.protocols', 'choices', ['SOAP_1_1', 'SOAP_1_2', 'XML']),
      field('binding.namespace', 'text'),
      field('binding.operation', 'text'),
      field('binding.response', 'text'),
      field('binding.action', 'text'),
      field('binding.elementFormDefault', 'choice', ['QUALIFIED', 'UNQUALIFIED']),
      field('binding.arrays', 'lines'),
      field('binding.location', 'text'),
    ],
  },
  {
    name: 'access',
    fields: [
      field('access.identity', 'choice', ['APPLICATION', 'USER', 'NONE']),
      field('access.window', 'duration'),
      choices('access.signatures', SIGNATURES, usualSignatures),
      ...addresses('access.addresses'),
    ],
  },
  {
    name: 'users',
    fields: [
      part('access.user', { provider: '' }),
      field('access.user.provider', 'choice'),
      field('access.user.scopes', 'lines'),
      field('access.user.roles', 'lines'),
      field('access.user.nonce', 'choice', ['NONE', 'REQUIRED']),
      ...rate('access.user.rate'),
      part('access.ownership', { mode: 'LEARN', policies: [] }),
      field('access.ownership.mode', 'choice', ['ENFORCE', 'LEARN']),
      field('access.ownership.learnSystems', 'lines'),
      rows(
        'access.ownership.policies',
        field('in', 'choice', POLICY_PARTS),
        field('name', 'text'),
        field('system', 'text'),
        field('form', 'choice', ['VALUE', 'REFERENCE', 'TOKEN']),
        field('who', 'choice', POLICY_WHO),
      ),
      part('access.domains', {}),
      ...safe('access.domains.'),
    ],
  },
  {
    name: 'traffic',
    fields: [
      field('traffic.timeout', 'duration'),
      field('traffic.timeoutRetries', 'number'),
      field('traffic.errorRetries', 'number'),
      field('traffic.errorStatuses', 'numbers'),
      field('traffic.breaker.concurrency', 'number'),
      ...rate('traffic.rate'),
      ...rate('traffic.addressRate'),
      field('traffic.breaker.errorPercent', 'number'),
      field('traffic.breaker.minimumCalls', 'number'),
      field('traffic.breaker.window', 'duration'),
      field('traffic.breaker.open', 'duration'),
      field('traffic.breaker.probes', 'number'),
      choices('traffic.idempotent', METHODS, () => ['GET', 'PUT', 'DELETE', 'HEAD', 'OPTIONS']),
      part('traffic.cache', { level: 'APPLICATION', time: 'PT10S' }),
      field('traffic.cache.level', 'choice', ['APPLICATION', 'EVERYBODY']),
      field('traffic.cache.time', 'duration'),
      field('traffic.cache.entries', 'number'),
      field('traffic.cache.parameters', 'lines'),
      choices('traffic.cache.methods', ['GET', 'HEAD', 'POST'], () => ['GET', 'HEAD']),
      field('traffic.cache.headers', 'choice', ['OBEY', 'IGNORE']),
      part('traffic.copy', { url: '', percent: 10 }),
      field('traffic.copy.url', 'text'),
      field('traffic.copy.percent', 'number'),
      field('traffic.copy.atOnce', 'number'),
      choices('traffic.copy.methods', METHODS, () => ['GET']),
      field('traffic.copy.compare', 'choice', ['STATUS', 'MEMBERS', 'CONTENT']),
      field('traffic.copy.members', 'lines'),
    ],
  },
  {
    name: 'content',
    fields: [
      field('content.maxBody', 'number'),
      field('content.largeBody', 'number'),
      choices('content.screening', DEFENCES, () => DEFENCES),
      field('content.freeText', 'lines'),
      field('content.encryption.request', 'choice', SEALINGS),
      field('content.encryption.answer', 'choice', SEALINGS),
      field('content.encryption.profiles', 'choices', ENVELOPES),
      part('content.fields', []),
      field('content.fields', 'lines'),
      part('content.files', { types: [], maxSize: 0, maxCount: 0 }),
      field('content.files.types', 'lines'),
      field('content.files.maxSize', 'number'),
      field('content.files.maxCount', 'number'),
    ],
  },
  {
    name: 'log',
    fields: [
      field('log.level', 'choice', ['NONE', 'IN', 'OUT', 'FULL']),
      field('log.record', 'choice', ['BEFORE_ANSWER', 'AFTER_ANSWER']),
      field('log.shown', 'lines'),
    ],
  },
]

const APPLICATION: Section[] = [
  {
    name: 'basics',
    fields: [
      field('title', 'text'),
      field('caller', 'choice'),
      field('state', 'choice', STATES),
      field('services', 'lines'),
      field('groups', 'lines'),
      field('domains', 'lines'),
    ],
  },
  {
    name: 'keys',
    fields: [
      rows(
        'keys',
        field('id', 'text'),
        field('profile', 'choice', [...SIGNATURES, ...ENVELOPES]),
        field('publicKey', 'long'),
        field('secret', 'text'),
        field('userId', 'text'),
        field('from', 'text'),
        field('to', 'text'),
      ),
    ],
  },
  { name: 'access', fields: [...addresses('addresses'), ...rate('rate')] },
]

const PROVIDER: Section[] = [
  {
    name: 'basics',
    fields: [
      field('title', 'text'),
      field('state', 'choice', STATES),
      field('field', 'text'),
      field('subject.claim', 'text'),
      field('subject.system', 'text'),
      field('subject.scopes', 'text'),
      field('subject.roles', 'text'),
      field('deniedUsers', 'lines'),
    ],
  },
  {
    name: 'tokens',
    fields: [
      part('jwt', { issuer: '', audience: [], keysUrl: '' }),
      field('jwt.issuer', 'text'),
      field('jwt.keysUrl', 'text'),
      field('jwt.audience', 'lines'),
      choices('jwt.algorithms', [...ALGORITHMS, 'SM2'], () => ALGORITHMS),
      field('jwt.leeway', 'duration'),
      field('jwt.keys', 'long'),
      part('exchange', { url: '', app: '', success: { pointer: '', value: '' } }),
      field('exchange.url', 'text'),
      field('exchange.app', 'text'),
      field('exchange.form', 'choice', ['JSON', 'FORM']),
      field('exchange.signature', 'choice', ['HMAC_SM3', 'HMAC_SHA256']),
      field('exchange.names.app', 'word'),
      field('exchange.names.token', 'word'),
      field('exchange.names.timestamp', 'word'),
      field('exchange.names.nonce', 'word'),
      field('exchange.names.signature', 'word'),
      field('exchange.constants', 'texts'),
      field('exchange.success.pointer', 'text'),
      field('exchange.success.value', 'text'),
      field('exchange.life', 'text'),
      field('exchange.longest', 'duration'),
    ],
  },
]

export const FORMS: Record<Kind, readonly Section[]> = {
  services: SERVICE,
  applications: APPLICATION,
  callers: [{ name: 'basics', fields: [field('title', 'text'), field('state', 'choice', STATES), ...rate('rate')] }],
  systems: [{ name: 'basics', fields: [field('title', 'text'), field('state', 'choice', STATES)] }],
  groups: [{ name: 'basics', fields: [field('title', 'text'), field('services', 'lines')] }],
  identityProviders: PROVIDER,
  listeners: [
    {
      name: 'basics',
      fields: [
        field('title', 'text'),
        field('kind', 'choice'),
        field('application', 'choice'),
        field('service', 'choice'),
        ...addresses('addresses'),
        field('parameters', 'parameters'),
      ],
    },
  ],
  addresses: [{ name: 'access', fields: [field('allow', 'lines'), field('deny', 'lines')] }],
  domains: [{ name: 'safe', fields: safe('') }],
  serviceDomains: [{ name: 'basics', fields: [field('title', 'text'), field('state', 'choice', STATES)] }],
  nodes: [{ name: 'basics', fields: [field('title', 'text'), field('state', 'choice', STATES), field('domains', 'lines')] }],
}

/** Options that are entries of the rules themselves, or the kinds there are. */
export function optionsOf(field: Field, rules: Rules, transports: Transports): readonly string[] {
  switch (field.path) {
    case 'transport.kind':
    case 'kind':
      return templatesOf(field.path, transports).map(({ kind }) => kind)
    case 'caller':
      return (rules.callers ?? []).map(caller => caller.id ?? '')
    case 'application':
      return (rules.applications ?? []).map(application => application.id ?? '')
    case 'system':
      return (rules.systems ?? []).map(system => system.id ?? '')
    case 'service':
      return (rules.services ?? []).map(service => service.id ?? '')
    case 'access.user.provider':
      return (rules.identityProviders ?? []).map(provider => provider.id ?? '')
    default:
      return field.options ?? []
  }
}

/** A new entry as it begins; the server says what is still missing. */
export function begin(kind: Kind, id: string): JsonObject {
  switch (kind) {
    case 'services':
      return { id, title: '', gateways: [], methods: ['GET'], path: '/', transport: { kind: 'http', targets: [{ url: '' }] } }
    case 'addresses':
      return { allow: [], deny: [] }
    case 'domains':
      return { origins: [], redirects: [], redirectParameters: [] }
    case 'groups':
      return { id, title: '', services: [] }
    default:
      return { id, title: '' }
  }
}

const steps = (path: string) => path.split('.')
const isObject = (value: Json | undefined): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** The options that count: those chosen, or where none were written those of the default. */
export function chosenOf(field: Field, entry: JsonObject): { chosen: string[]; isDefault: boolean } {
  const value = valueAt(entry, field.path)
  return Array.isArray(value)
    ? { chosen: value.map(String), isDefault: false }
    : { chosen: [...(field.usual?.(entry) ?? [])], isDefault: field.usual !== undefined }
}

export function valueAt(entry: JsonObject, path: string): Json | undefined {
  return steps(path).reduce<Json | undefined>((value, step) => (isObject(value) ? value[step] : undefined), entry)
}

/** The entry with another value at the path; {@code undefined} takes the member away. */
export function withValue(entry: JsonObject, path: string, value: Json | undefined): JsonObject {
  const [step = '', ...rest] = steps(path)
  if (rest.length > 0) {
    const inner = entry[step]
    return { ...entry, [step]: withValue(isObject(inner) ? inner : {}, rest.join('.'), value) }
  }
  const { [step]: _, ...others } = entry
  return value === undefined ? others : { ...entry, [step]: value }
}
