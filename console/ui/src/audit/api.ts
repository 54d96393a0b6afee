import { read, request } from '../api'

export type AuditKind = 'ADMINISTRATION' | 'CALL'

export interface Act {
  name: string
  kind: AuditKind
  display: string
  displayEn: string
}

/** Where a record is: in which node's chain, in which block, and which of its records. */
export interface Place {
  node: string
  block: number
  record: number
}

export interface Item {
  place: Place
  at: string
  actor: string
  address: string
  act: string
  what: { object: string; outcome: string; trace: string }
  figures: { micros: number; received: number; sent: number; requestHash: string; answerHash: string }
}

export interface AuditPage {
  items: Item[]
  next: string | null
}

export type FindingKind =
  | 'RECORD'
  | 'MARK'
  | 'COLUMN'
  | 'BLOCK'
  | 'LINK'
  | 'MISSING'
  | 'ORDER'
  | 'START'
  | 'TAIL'
  | 'CHECKPOINT'
  | 'CHECKPOINT_MISSING'
  | 'SIGNATURE'
  | 'FOREIGN_KEY'
  | 'UNSIGNED'
  | 'FILE'

/** Block, record and checkpoint are 0 where none is meant. */
export interface Finding {
  kind: FindingKind
  node: string
  block: number
  record: number
  checkpoint: number
  detail: string
}

export interface Proof {
  place: Place
  /** Null where what is there can not be read. */
  item: Item | null
  written: { number: number; line: string; links: { previous: string; digest: string } }
  block: { at: string; records: number; previous: string; hash: string }
  /** Null while nothing signs it. */
  signature: { number: number; block: number; at: string; key: string; genuine: boolean } | null
  findings: Finding[]
}

export interface Chain {
  node: string
  block: number
  signed: number
  keys: 'PINNED' | 'DATABASE'
  file: 'COMPARED' | 'ON_ANOTHER_NODE'
}

/** Of one part; {@code next} is empty when it was the last. */
export interface Verdict {
  intact: boolean
  blocks: number
  records: number
  checkpoints: number
  chains: Chain[]
  findings: Finding[]
  next: string
}

/** What is to be verified; empty for all. Days are UTC+8. */
export interface Span {
  node: string
  from: string
  to: string
}

export interface Holding {
  retentionDays: number
  days: { day: string; bytes: number }[]
  chains: { node: string; block: number; records: number; dropped: number; at: string }[]
}

export interface Key {
  node: string
  fingerprint: string
  publicKey: string
  since: string
}

/** A part takes twenty seconds, and may have to wait for those of others. */
const PART = 90_000
/** A search that takes longer than twenty seconds is refused, and it may have to wait for others. */
const SEARCH = 60_000

async function asked<T>(path: string, within: number, signal?: AbortSignal): Promise<T> {
  const answer = await request(path, { headers: { Accept: 'application/json' }, signal: signal ?? null }, within)
  return (await answer.json()) as T
}

const part = encodeURIComponent

/** Each search and each verification is itself recorded: nothing here is asked by a timer. */
export const audit = {
  acts: () => read<Act[]>('/api/audit/acts'),
  keys: () => read<Key[]>('/api/audit/keys'),
  holding: () => asked<Holding>('/api/audit/holding', SEARCH),
  find: (query: URLSearchParams, signal?: AbortSignal) => asked<AuditPage>(`/api/audit?${query}`, SEARCH, signal),
  proof: ({ node, block, record }: Place) => asked<Proof>(`/api/audit/records/${part(node)}/${block}/${record}`, SEARCH),
  verify: (span: Span, after: string, signal: AbortSignal) => {
    const query = new URLSearchParams({ node: span.node, after })
    if (span.from !== '') {
      query.set('from', span.from)
    }
    if (span.to !== '') {
      query.set('to', span.to)
    }
    return asked<Verdict>(`/api/audit/verify?${query}`, PART, signal)
  },
}
