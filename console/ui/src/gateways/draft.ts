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

/** What came of putting a draft on what somebody else published: the values of the draft that gave way. */
export interface Carried {
  revision: number
  conflicts: Conflict[]
}

/** What a tab keeps. Values that gave way stand nowhere else any more, and may outlive the draft they were of. */
interface Kept {
  draft: Draft | null
  carried: Carried | null
}

const NOTHING: Kept = { draft: null, carried: null }

export interface Drafting {
  draft: Draft | null
  carried: Carried | null
  /** Whether the tab could keep it. */
  isKept: boolean
  /** Changes an entry; not while the document can not be read. */
  edit: (subject: Subject, entry: JsonObject | null) => void
  write: (document: string) => void
  discard: () => void
  /** Forgets a draft that was published; what was changed in the meantime stays. */
  settle: (published: Draft) => void
  /** Puts the changes on what was published last, and keeps those it could not, since both changed the same. */
  carry: () => void
  /** Somebody has seen what gave way. */
  forgetCarried: () => void
}

export const documentOf = (draft: Draft): string => draft.written ?? text(draft.rules)

const WAIT = 300
const PREFIX = 'tongmai.gateways.draft.'
const key = (account: string) => PREFIX + account

/** The draft of an account; those of others, who used the tab before, are nobody's to read. */
function kept(account: string): Kept {
  Object.keys(sessionStorage)
    .filter(name => name.startsWith(PREFIX) && name !== key(account))
    .forEach(name => sessionStorage.removeItem(name))
  const value = sessionStorage.getItem(key(account))
  return value === null ? NOTHING : (JSON.parse(value) as Kept)
}

/** A browser takes some megabytes a tab, and throws what it takes no more. */
function keep(account: string, kept: Kept): boolean {
  try {
    sessionStorage.setItem(key(account), JSON.stringify(kept))
    return true
  } catch (full) {
    if (full instanceof DOMException) {
      sessionStorage.removeItem(key(account))
      return false
    }
    throw full
  }
}

/** The draft of an account, kept in the tab, so that a login or a reload in between does not lose it. */
export function useDraft(account: string, published: Published): Drafting {
  const [all, setAll] = useState<Kept>(() => kept(account))
  const [isKept, setKept] = useState(true)
  const { draft, carried } = all
  const setDraft = useCallback(
    (change: (now: Draft | null) => Draft | null) => setAll(now => ({ ...now, draft: change(now.draft) })),
    [],
  )

  useEffect(() => {
    // That all could be carried over is news for once.
    const lasting = all.carried?.conflicts.length === 0 ? { ...all, carried: null } : all
    if (lasting.draft === null && lasting.carried === null) {
      sessionStorage.removeItem(key(account))
      return undefined
    }
    const timer = window.setTimeout(() => setKept(keep(account, lasting)), WAIT)
    return () => window.clearTimeout(timer)
  }, [account, all])

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
    [begun, setDraft],
  )
  const write = useCallback(
    (document: string) =>
      setDraft(now => {
        const from = begun(now)
        const reading = parseRules(document)
        return { ...from, rules: reading.rules ?? from.rules, written: document, problem: reading.problem }
      }),
    [begun, setDraft],
  )
  const discard = useCallback(() => setAll(NOTHING), [])
  const settle = useCallback((done: Draft) => setDraft(now => (now === done ? null : now)), [setDraft])
  const forgetCarried = useCallback(() => setAll(now => ({ ...now, carried: null })), [])
  const carry = () => {
    if (draft === null) {
      return
    }
    const { rules, conflicts } = carryOver(draft.base.rules, draft.rules, published.rules)
    const still = differences(published.rules, rules).length > 0
    setAll({
      draft: still ? { base: published, rules, written: null, problem: null } : null,
      carried: { revision: published.revision, conflicts },
    })
  }
  return { draft, carried, isKept, edit, write, discard, settle, carry, forgetCarried }
}
