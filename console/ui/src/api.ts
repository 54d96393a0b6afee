/** The REST API of console/server: how every page asks it, and what the page Messages asks. */

export type MessageState = 'RECEIVED' | 'PROCESSING' | 'STORED' | 'DELIVERED' | 'REFUSED' | 'PARKED'
export type DeliveryState = 'WAITING' | 'SENDING' | 'DELIVERED' | 'PARKED' | 'DISCARDED'

export const MESSAGE_STATES: readonly MessageState[] = [
  'RECEIVED',
  'PROCESSING',
  'STORED',
  'DELIVERED',
  'REFUSED',
  'PARKED',
]

export interface Session {
  name: string
  roles: string[]
}

export interface Stats {
  received: number
  accepted: number
  refused: number
  processing: number
  stored: number
  delivered: number
  parked: number
  duplicates: number
}

/** Numbers of messages are strings: they are larger than a JavaScript number can hold exactly. */
export interface Message {
  id: string
  receivedAt: string
  feed: string
  format: string
  charset: string
  type: string
  version: string
  sender: string
  receiver: string
  controlId: string
  patient: string
  visit: string
  sentAt: string
  source: string
  state: MessageState
  attempts: number
  parent: string | null
  errorCode: string | null
  issues: string[] | null
  bytes: number
  settledAt: string | null
  masked: boolean
}

export interface Journey {
  message: Message
  topic: string
  resources: { type: string; id: string; version: number; href: string }[]
  deliveries: {
    destination: string
    state: DeliveryState
    attempts: number
    nextAttemptAt: string | null
    causeCode: string | null
    cause: string | null
    settledAt: string | null
    issues: string[]
  }[]
  replays: string[]
}

export interface Page {
  items: Message[]
  next: string | null
}

export interface Filter {
  patient: string
  controlId: string
  type: string
  states: MessageState[]
  from: string
  to: string
}

/** One thing the server found: a row of docs/errors.md, where, and what was found and expected. */
export interface Found {
  code: string
  location: string
  detail: string
}

/** A refusal; {@code code} is a row of docs/errors.md. */
export class Refusal extends Error {
  constructor(
    readonly status: number,
    readonly code: string,
    title: string,
    readonly errors: Found[] = [],
  ) {
    super(title)
  }
}

function cookie(name: string): string | undefined {
  const found = document.cookie.split('; ').find(pair => pair.startsWith(`${name}=`))
  return found?.slice(name.length + 1)
}

/** How long, in milliseconds, an answer may take as a whole: what is only looked at, and what is done or may be large. */
export const LOOK = 10_000
const ACT = 60_000

/** No answer came, since the server could not be reached. */
export class Unreached extends Error {
  override readonly name = 'Unreached'
}

/** A browser says it by a TypeError, which is also what a mistake in a script is. */
function unreached(failure: Error): never {
  throw failure instanceof TypeError ? new Unreached(failure.message, { cause: failure }) : failure
}

/** Fails with a {@link Refusal}, with {@link Unreached}, or with a {@code TimeoutError} after {@code within} milliseconds. */
export async function request(path: string, init: RequestInit = {}, within = ACT): Promise<Response> {
  const headers = new Headers(init.headers)
  const token = cookie('XSRF-TOKEN')
  if (token && init.method && init.method !== 'GET') {
    headers.set('X-XSRF-TOKEN', token)
  }
  const limit = AbortSignal.timeout(within)
  const signal = init.signal ? AbortSignal.any([init.signal, limit]) : limit
  const response = await fetch(path, { ...init, headers, signal, credentials: 'same-origin' }).catch(unreached)
  if (response.status === 401) {
    window.location.assign('/login')
  }
  if (!response.ok) {
    const problem: { code?: string; title?: string; errors?: Found[] } = await response.json().catch(() => ({}))
    throw new Refusal(response.status, problem.code ?? '', problem.title ?? response.statusText, problem.errors)
  }
  return response
}

const JSON_ONLY = { Accept: 'application/json' }

export async function read<T>(path: string, signal?: AbortSignal): Promise<T> {
  const response = await request(path, { headers: JSON_ONLY, signal: signal ?? null }, LOOK)
  return (await response.json()) as T
}

/** An answer, and when the server gave it, in milliseconds: by the clock of those times in it that count, and by no other. */
export interface Timed<T> {
  value: T
  at: number
}

export async function timed<T>(path: string): Promise<Timed<T>> {
  const response = await request(path, { headers: JSON_ONLY }, LOOK)
  const at = Date.parse(response.headers.get('Tongmai-Now') ?? '')
  if (Number.isNaN(at)) {
    throw new Error(`no Tongmai-Now in the answer of ${path}`)
  }
  return { value: (await response.json()) as T, at }
}

export function searchQuery(filter: Filter, before: string | null, limit: number): URLSearchParams {
  const query = new URLSearchParams({ limit: String(limit) })
  const words: [string, string][] = [
    ['patient', filter.patient],
    ['controlId', filter.controlId],
    ['type', filter.type],
    ['from', instant(filter.from)],
    ['to', instant(filter.to)],
    ['before', before ?? ''],
  ]
  words.filter(([, value]) => value.trim() !== '').forEach(([name, value]) => query.set(name, value.trim()))
  filter.states.forEach(state => query.append('state', state))
  return query
}

/** The browser's local time as an instant; empty where it is none. */
export function instant(local: string): string {
  const time = local === '' ? Number.NaN : new Date(local).getTime()
  return Number.isNaN(time) ? '' : new Date(time).toISOString()
}

export const api = {
  session: () => read<Session>('/api/session'),
  stats: () => read<Stats>('/api/journal/stats'),
  find: (query: URLSearchParams, signal: AbortSignal) => read<Page>(`/api/messages?${query}`, signal),
  journey: (id: string) => read<Journey>(`/api/messages/${id}`),
  replay: async (id: string) => {
    const response = await request(`/api/messages/${id}/replay`, { method: 'POST' })
    return (await response.json()) as { id: string }
  },
  raw: async (id: string) => {
    const response = await request(`/api/messages/${id}/raw`)
    const charset = response.headers.get('X-Tongmai-Charset') ?? 'UTF-8'
    return decode(await response.arrayBuffer(), charset)
  },
}

function decode(bytes: ArrayBuffer, charset: string): string {
  try {
    return new TextDecoder(charset).decode(bytes)
  } catch {
    return new TextDecoder('iso-8859-1').decode(bytes)
  }
}
