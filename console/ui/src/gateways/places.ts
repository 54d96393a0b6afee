import type { Found } from '../api'
import { locate, type Step } from './locate'
import { entries, isByGateway, KINDS, type Kind, type Rules, type Subject } from './rules'

/** Where in the rules a violation stands: an entry, and the path of its member; an empty path means the whole entry. */
export interface Place extends Subject {
  path: string
}

const ENTRY = /^([a-zA-Z]+)\[([^\]]*)\](?:\.(.*))?$/
const BY_GATEWAY = /^(domains|addresses)\.([A-Z]+)(?:\.(.*))?$/
const LINE = /^line (\d+), column (\d+)/

const isKind = (name: string): name is Kind => (KINDS as readonly string[]).includes(name)

/** Without what is in brackets: {@code policies[PATH idCard].system} is of the field {@code policies}. */
const plain = (path: string | undefined): string => (path ?? '').replace(/\[[^\]]*\]/g, '')

/** Which entry a violation means; null where it means the document. */
export function placeOf(found: Found, rules: Rules): Place | null {
  const owner = ownerOf(found, rules)
  if (owner) {
    return owner
  }
  const [, of = '', gateway = '', member] = BY_GATEWAY.exec(found.location) ?? []
  if (isKind(of)) {
    return { kind: of, id: gateway, path: plain(member) }
  }
  const [, kind = '', name = '', path] = ENTRY.exec(found.location) ?? []
  if (!isKind(kind)) {
    return null
  }
  // What can not even be read is counted, since its id is not known.
  const id = LINE.test(found.detail) ? (entries(rules, kind)[Number(name)]?.[0] ?? name) : name
  return { kind, id, path: plain(path) }
}

/** Codes whose place is a bare name: of a service, a provider, or a key. */
function ownerOf({ code, location }: Found, rules: Rules): Place | null {
  switch (code) {
    case 'TM-GATE-0041':
      return { kind: 'services', id: location, path: 'transport' }
    case 'TM-GATE-0045':
      return { kind: 'listeners', id: location, path: 'parameters' }
    case 'TM-GATE-0065':
      return { kind: 'identityProviders', id: location, path: '' }
    case 'TM-GATE-0081': {
      const owner = (rules.applications ?? []).find(one => one.keys?.some(key => key.id === location))
      return owner ? { kind: 'applications', id: owner.id ?? '', path: 'keys' } : null
    }
    default:
      return null
  }
}

/** Where in the text of the rules a violation stands; null where it means none of them. */
export function offsetOf(found: Found, rules: Rules, text: string): number | null {
  const place = placeOf(found, rules)
  if (place) {
    const index = entries(rules, place.kind).findIndex(([id]) => id === place.id)
    const entry: Step[] = isByGateway(place.kind) ? [place.kind, place.id] : [place.kind, index]
    return locate(text, [...entry, ...place.path.split('.').filter(step => step !== '')])
  }
  // What is not JSON for the server is said by line and column; of what is JSON, only where the object ends.
  const [, line, column] = LINE.exec(found.detail) ?? []
  if (!line || !column) {
    return null
  }
  const before = text.split('\n').slice(0, Number(line) - 1)
  return before.reduce((length, each) => length + each.length + 1, 0) + Math.max(0, Number(column) - 1)
}

/** The line of an offset, counted from one. */
export const lineOf = (text: string, offset: number): number => text.slice(0, offset).split('\n').length

/** The field of a form that a path belongs to: itself, what it is in, or the first in it. */
export function fieldFor(path: string, fields: string[]): string | null {
  const inside = (inner: string, outer: string) => inner === outer || inner.startsWith(`${outer}.`)
  const around = fields.filter(field => inside(path, field)).sort((one, other) => other.length - one.length)
  return around[0] ?? (path === '' ? null : (fields.find(field => inside(field, path)) ?? null))
}

/** What the server says it found, and what it expected instead; either may be empty. */
export function detailOf(detail: string): { found: string; expected: string } {
  const [, found = '', expected = ''] = /^(.*?)(?: ?\(expected: (.*)\))?$/s.exec(detail) ?? []
  if (found.startsWith('expected: ')) {
    return { found: '', expected: found.slice('expected: '.length) }
  }
  return { found: found.replace(/^found: /, ''), expected }
}
