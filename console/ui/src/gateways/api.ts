import { LOOK, read, request, timed, type Timed } from '../api'
import type { ActiveState, Gateway, Policy } from './rules'
import type { Transports } from './transports'

export interface Publication {
  revision: number
  digest: string
  note: string
  by: string
  at: string
}

export interface Node {
  node: string
  revision: number
  digest: string
  appliedAt: string
  problem: string
  seenAt: string
  /** Empty for all. */
  domains: string[]
  doors: Gateway[]
  state: ActiveState
}

export interface ServiceFigures {
  id: string
  title: string
  circuit: 'CLOSED' | 'OPEN' | 'HALF_OPEN'
  underWay: number
  capacity: number
  targets: { url: string; state: 'UP' | 'DOWN'; underWay: number }[]
  /** Null where no answers are kept. */
  cache: { hits: number; misses: number; kept: number } | null
}

export interface CopyFigures {
  url: string
  alike: number
  different: number
  failed: number
  skipped: number
  differences: { at: string; where: string; detail: string }[]
}

export interface Proposal {
  policy: Policy
  standing: 'PROPOSED' | 'TOO_FEW' | 'MIXED'
  calls: number
  own: number
  ward: number
  foreign: number
  users: number
}

/** Kind is null for who may not see patient data. */
export interface Guardianship {
  number: number
  guardian: string
  ward: string
  kind: 'MINOR' | 'ADULT' | null
  from: string
  until: string | null
  recorded: { by: string; at: string }
  ended: { by: string; at: string } | null
}

export interface Appointment {
  guardian: string
  ward: string
  kind: 'MINOR' | 'ADULT'
  from: string | null
  until: string | null
  reason: string
}

const json = { 'Content-Type': 'application/json' }

async function post<T>(path: string, body: string): Promise<T> {
  const response = await request(path, { method: 'POST', headers: json, body })
  return (await response.json()) as T
}

const service = (id: string) => `/api/gateway/services/${encodeURIComponent(id)}`
const GUARDIANSHIPS = '/api/patient-index/guardianships'

export const gateways = {
  rules: async () => (await request('/api/gateway/rules', {}, LOOK)).text(),
  rulesOf: async (revision: number) => (await request(`/api/gateway/publications/${revision}/rules`, {}, LOOK)).text(),
  publications: () => read<Publication[]>('/api/gateway/publications'),
  nodes: (): Promise<Timed<Node[]>> => timed<Node[]>('/api/gateway/nodes'),
  transports: () => read<Transports>('/api/gateway/transports'),
  services: () => read<ServiceFigures[]>('/api/gateway/services'),
  copies: (id: string) => read<CopyFigures>(`${service(id)}/copies`),
  clearKept: async (id: string) => {
    await request(`${service(id)}/cache/clear`, { method: 'POST' })
  },
  proposals: (id: string) => read<Proposal[]>(`${service(id)}/ownership-proposals`),
  publish: (rules: string, basedOn: number, note: string) =>
    post<Publication>(`/api/gateway/rules?${new URLSearchParams({ basedOn: String(basedOn), note })}`, rules),
  publishAgain: (revision: number, basedOn: number) =>
    post<Publication>(`/api/gateway/publications/${revision}/again?${new URLSearchParams({ basedOn: String(basedOn) })}`, ''),
  guardianships: (person: string) => read<Guardianship[]>(`${GUARDIANSHIPS}?${new URLSearchParams({ person })}`),
  record: (appointment: Appointment) => post<Guardianship>(GUARDIANSHIPS, JSON.stringify(appointment)),
  end: (number: number, reason: string) =>
    post<Guardianship>(`${GUARDIANSHIPS}/${number}/end`, JSON.stringify({ reason })),
}
