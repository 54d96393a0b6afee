/** What the page works out of the audit log, without React. */
import { instant } from '../api'
import type { AuditKind, AuditPage, Finding, Item, Place } from './api'

/** What is looked for. Times are those of the input, in the browser's zone; empty for any. */
export interface Filter {
  from: string
  to: string
  kind: AuditKind | ''
  act: string
  actor: string
  object: string
  outcome: string
  address: string
  trace: string
}

export const ANYTHING: Filter = {
  from: '',
  to: '',
  kind: '',
  act: '',
  actor: '',
  object: '',
  outcome: '',
  address: '',
  trace: '',
}

export function queryOf(filter: Filter, before: string | null, limit: number): URLSearchParams {
  const query = new URLSearchParams({ limit: String(limit) })
  const words: [string, string][] = [
    ...Object.entries({ ...filter, from: instant(filter.from), to: instant(filter.to) }),
    ['before', before ?? ''],
  ]
  words.filter(([, value]) => value.trim() !== '').forEach(([name, value]) => query.set(name, value.trim()))
  return query
}

/** Records of one request, which are not far from each other. */
export function ofOneRequest(trace: string, at: string): Filter {
  const time = Date.parse(at)
  return Number.isNaN(time)
    ? { ...ANYTHING, trace }
    : { ...ANYTHING, trace, from: localOf(time - AROUND), to: localOf(time + AROUND) }
}

const AROUND = 3600_000

/** As an input of a local time has it. */
function localOf(time: number): string {
  const local = new Date(time - new Date(time).getTimezoneOffset() * 60_000)
  return local.toISOString().slice(0, 16)
}

export type Tone = 'good' | 'open' | 'refused' | 'bad'

/** An HTTP status, a code, or one of three words; a code {@code TM-…} is of a refusal. */
export function toneOf(outcome: string): Tone {
  if (outcome === 'begun') {
    return 'open'
  }
  if (/^5\d\d$/.test(outcome)) {
    return 'bad'
  }
  return outcome === 'done' || /^[1-3]\d\d$/.test(outcome) ? 'good' : 'refused'
}

/** {@code found: a; expected: b}, and what is said before that. */
export function partsOf(detail: string): { said: string; found: string; expected: string } {
  const [, said = '', found = '', expected = ''] = /^(.*?)(?:found: (.*); expected: (.*))?$/s.exec(detail) ?? []
  return { said: said.replace(/[.,;\s]+$/, ''), found, expected }
}

/** Where to look for a finding; null where it is of no block. Of a block as a whole, its first record. */
export function placeOf({ node, block, record }: Finding): Place | null {
  return block > 0 ? { node, block, record: Math.max(1, record) } : null
}

/** The day (UTC+8) on which a day leaves: it is kept whole. */
export function leavesOn(day: string, retentionDays: number): string {
  const time = new Date(`${day}T00:00:00Z`)
  time.setUTCDate(time.getUTCDate() + retentionDays + 1)
  return time.toISOString().slice(0, 10)
}

export function sizeOf(bytes: number): string {
  const units = ['B', 'KiB', 'MiB', 'GiB', 'TiB']
  let value = bytes
  let unit = 0
  while (value >= 1024 && unit < units.length - 1) {
    value /= 1024
    unit++
  }
  return `${value < 10 && unit > 0 ? value.toFixed(1) : Math.round(value)} ${units[unit]}`
}

/** Most records of a file; more than a spreadsheet is read by people. */
export const MOST_EXPORTED = 10_000
const AT_ONCE = 1_000

export interface Exported {
  items: Item[]
  /** Whether all that fit are there. */
  isWhole: boolean
}

/** All that fit, in as few searches as the server lets: each is recorded. */
export async function collect(ask: (before: string | null, limit: number) => Promise<AuditPage>): Promise<Exported> {
  const items: Item[] = []
  let before: string | null = null
  do {
    const page: AuditPage = await ask(before, Math.min(AT_ONCE, MOST_EXPORTED - items.length))
    items.push(...page.items)
    before = page.next === '' ? null : page.next
  } while (before !== null && items.length < MOST_EXPORTED)
  return { items, isWhole: before === null }
}

/** Spreadsheets calculate what begins so, and what callers call themselves is theirs to choose. */
const CALCULATED = /^[=+\-@\t\r]/

function cell(value: string | number): string {
  const text = String(value)
  const plain = typeof value === 'string' && CALCULATED.test(text) ? `'${text}` : text
  return /[",\r\n]/.test(plain) ? `"${plain.replaceAll('"', '""')}"` : plain
}

const COLUMNS: [string, (item: Item) => string | number][] = [
  ['at', item => item.at],
  ['node', item => item.place.node],
  ['block', item => item.place.block],
  ['record', item => item.place.record],
  ['act', item => item.act],
  ['actor', item => item.actor],
  ['address', item => item.address],
  ['object', item => item.what.object],
  ['outcome', item => item.what.outcome],
  ['trace', item => item.what.trace],
  ['micros', item => item.figures.micros],
  ['received', item => item.figures.received],
  ['sent', item => item.figures.sent],
  ['requestHash', item => item.figures.requestHash],
  ['answerHash', item => item.figures.answerHash],
]

/** RFC 4180, with the mark by which spreadsheets know UTF-8. */
export function csvOf(items: Item[]): string {
  const rows = [COLUMNS.map(([name]) => name), ...items.map(item => COLUMNS.map(([, value]) => cell(value(item))))]
  return `\ufeff${rows.map(row => `${row.join(',')}\r\n`).join('')}`
}
