import { useCallback, useEffect, useState } from 'react'
import { carryOver, differences, type Conflict } from './difference'
import { put, text, type JsonObject, type Subject } from './rules'
import type { Published } from './seen'
import { parseRules } from './shape'

/** Rules on their way to be published. */
export interface Draft {
  base: Published
  rules: Published['rules']
  /** The document as somebody wrote it; null where forms made it. */
  written: string | null
  /** Why what is written can not be read as rules; {@code rules} are then those before. */
  problem: string | null
}

export interface Drafting {
  draft: Draft | null
  /** Whether the tab could keep it. */
  isKept: boolean
  /** Changes an entry; not while the document can not be read. */
  edit: (subject: Subject, entry: JsonObject | null) => void
  write: (document: string) => void
  discard: () => void
  /** Forgets a draft that was published; what was changed in the meantime stays. */
  settle: (published: Draft) => void
  /** Puts the changes on what was published last; answers those it could not, since both changed the same. */
  carry: () => Conflict[]
}

export const documentOf = (draft: Draft): string => draft.written ?? text(draft.rules)

const WAIT = 300
const PREFIX = 'tongmai.gateways.draft.'
const key = (account: string) => PREFIX + account

/** The draft of an account; those of others, who used the tab before, are nobody's to read. */
function kept(account: string): Draft | null {
  Object.keys(sessionStorage)
    .filter(name => name.startsWith(PREFIX) && name !== key(account))
    .forEach(name => sessionStorage.removeItem(name))
  const value = sessionStorage.getItem(key(account))
  return value === null ? null : (JSON.parse(value) as Draft)
}

/** A browser takes some megabytes a tab, and throws what it takes no more. */
function keep(account: string, draft: Draft): boolean {
  try {
    sessionStorage.setItem(key(account), JSON.stringify(draft))
    return true
  } catch (full) {
    if (full instanceof DOMException) {
      sessionStorage.removeItem(key(account))
      return false
    }
    throw full
  }
}

/** The draft of an account, kept in the tab, so that a login in between does not lose it. */
export function useDraft(account: string, published: Published): Drafting {
  const [draft, setDraft] = useState<Draft | null>(() => kept(account))
  const [isKept, setKept] = useState(true)

  useEffect(() => {
    if (draft === null) {
      sessionStorage.removeItem(key(account))
      return undefined
    }
    const timer = window.setTimeout(() => setKept(keep(account, draft)), WAIT)
    return () => window.clearTimeout(timer)
  }, [account, draft])

  const begun = useCallback(
    (now: Draft | null): Draft => now ?? { base: published, rules: published.rules, written: null, problem: null },
    [published],
  )
  const edit = useCallback(
    (subject: Subject, entry: JsonObject | null) =>
      setDraft(now => {
        const from = begun(now)
        if (from.problem !== null) {
          return from
        }
        const next = { ...from, rules: put(from.rules, subject, entry), written: null, problem: null }
        return differences(next.base.rules, next.rules).length > 0 ? next : null
      }),
    [begun],
  )
  const write = useCallback(
    (document: string) =>
      setDraft(now => {
        const from = begun(now)
        const reading = parseRules(document)
        return { ...from, rules: reading.rules ?? from.rules, written: document, problem: reading.problem }
      }),
    [begun],
  )
  const discard = useCallback(() => setDraft(null), [])
  const settle = useCallback((done: Draft) => setDraft(now => (now === done ? null : now)), [])
  const carry = () => {
    if (draft === null) {
      return []
    }
    const { rules, conflicts } = carryOver(draft.base.rules, draft.rules, published.rules)
    const still = differences(published.rules, rules).length > 0
    setDraft(still ? { base: published, rules, written: null, problem: null } : null)
    return conflicts
  }
  return { draft, isKept, edit, write, discard, settle, carry }
}
