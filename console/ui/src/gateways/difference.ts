import { entries, find, KINDS, put, type Json, type JsonObject, type Rules, type Subject } from './rules'

/** One member that is not the same; {@code undefined} where it is not there. */
export interface MemberChange {
  path: string
  before: Json | undefined
  after: Json | undefined
}

export interface Change extends Subject {
  what: 'ADDED' | 'REMOVED' | 'CHANGED'
  members: MemberChange[]
}

const isObject = (value: unknown): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** As JSON, whatever the order of members; null is as good as not there. */
export function same(one: Json | undefined, other: Json | undefined): boolean {
  if (one === other || (one ?? null) === (other ?? null)) {
    return true
  }
  if (Array.isArray(one) && Array.isArray(other)) {
    return one.length === other.length && one.every((value, index) => same(value, other[index]))
  }
  if (isObject(one) && isObject(other)) {
    return names(one, other).every(name => same(one[name], other[name]))
  }
  return false
}

function names(...objects: JsonObject[]): string[] {
  return [...new Set(objects.flatMap(object => Object.keys(object)))].sort()
}

/** Objects member by member; lists as a whole, but lists of as many objects one by one. */
function members(path: string, before: Json | undefined, after: Json | undefined): MemberChange[] {
  if (same(before, after)) {
    return []
  }
  if (isObject(before) && isObject(after)) {
    return names(before, after).flatMap(name =>
      members(path === '' ? name : `${path}.${name}`, before[name], after[name]),
    )
  }
  const lists = Array.isArray(before) && Array.isArray(after) && before.length === after.length
  if (lists && before.every(isObject) && after.every(isObject)) {
    return before.flatMap((value, index) => members(`${path}[${index + 1}]`, value, after[index]))
  }
  return [{ path, before, after }]
}

/** What publishing {@code after} would change of {@code before}; the order of entries means nothing. */
export function differences(before: Rules, after: Rules): Change[] {
  if (before === after) {
    return []
  }
  return KINDS.flatMap(kind => {
    const ones = new Map(entries(before, kind))
    const others = new Map(entries(after, kind))
    return [...new Set([...ones.keys(), ...others.keys()])].flatMap((id): Change[] => {
      const one = ones.get(id)
      const other = others.get(id)
      if (one && other) {
        const changed = one === other ? [] : members('', one, other)
        return changed.length > 0 ? [{ kind, id, what: 'CHANGED', members: changed }] : []
      }
      return [{ kind, id, what: other ? 'ADDED' : 'REMOVED', members: members('', one ?? {}, other ?? {}) }]
    })
  })
}

/** A member that both changed: what it was to become; undefined where it was to be removed. */
export interface Conflict {
  place: string
  mine: Json | undefined
}

/**
 * The changes of a draft, made from {@code base}, on what was published in the meantime. Where both changed the same
 * member, what was published stays, and its place is in {@code conflicts} with what the draft wanted.
 */
export function carryOver(base: Rules, mine: Rules, theirs: Rules): { rules: Rules; conflicts: Conflict[] } {
  const conflicts: Conflict[] = []
  let rules = theirs
  for (const { kind, id } of differences(base, mine)) {
    const merged = merge(find(base, { kind, id }), find(mine, { kind, id }), find(theirs, { kind, id }), (place, value) =>
      conflicts.push({ place: `${kind}[${id}]${place}`, mine: value }),
    )
    rules = put(rules, { kind, id }, isObject(merged) ? merged : null)
  }
  return { rules, conflicts }
}

function merge(
  base: Json | undefined,
  mine: Json | undefined,
  theirs: Json | undefined,
  conflict: (place: string, mine: Json | undefined) => void,
): Json | undefined {
  if (same(mine, base) || same(mine, theirs)) {
    return theirs
  }
  if (same(theirs, base)) {
    return mine
  }
  if (isObject(mine) && isObject(theirs)) {
    const before = isObject(base) ? base : {}
    const merged = names(mine, theirs).map(name => [
      name,
      merge(before[name], mine[name], theirs[name], (place, value) => conflict(`.${name}${place}`, value)),
    ])
    return Object.fromEntries(merged.filter(([, value]) => value !== undefined)) as JsonObject
  }
  conflict('', mine)
  return theirs
}
