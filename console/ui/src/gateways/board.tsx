import { createContext, useContext } from 'react'
import type { Found } from '../api'
import { useLanguage } from '../language'
import { saidOf } from '../page'
import type { Change } from './difference'
import { amounts } from './durations'
import type { Drafting } from './draft'
import type { Rules, Subject } from './rules'
import type { Seen } from './seen'
import type { zhGateways } from './words'

export const TABS = ['nodes', 'services', 'listeners', 'applications', 'identity', 'guardianships', 'rules'] as const
export type TabName = (typeof TABS)[number]

/** Which tab, and which entry is open in it: seen, or edited. */
export interface Spot {
  tab: TabName
  subject: Subject | null
  edits: boolean
}

/** A publication that was refused. */
export interface Refused {
  code: string
  title: string
  errors: Found[]
}

/** What every part of the page needs. */
export interface Board {
  seen: Seen
  /** Those of the draft, where there is one. */
  rules: Rules
  drafting: Drafting
  /** What the draft changes. */
  changes: Change[]
  mayPublish: boolean
  mayRecord: boolean
  spot: Spot
  go: (spot: Partial<Spot>) => void
  refused: Refused | null
  setRefused: (refused: Refused | null) => void
  refresh: () => Promise<void>
}

const BoardContext = createContext<Board | null>(null)
export const BoardProvider = BoardContext.Provider

export function useBoard(): Board {
  const board = useContext(BoardContext)
  if (!board) {
    throw new Error('no BoardProvider around this component')
  }
  return board
}

/** The words of this page, and times as its language writes them. */
export function useSpeech(): {
  w: typeof zhGateways
  time: (instant: string | null) => string
  duration: (iso: string | undefined) => string
  number: (value: number) => string
  said: (failure: Error) => string
} {
  const { words, time, language } = useLanguage()
  const w = words.gateways
  const duration = (iso: string | undefined) => {
    const parts = iso === undefined ? null : amounts(iso)
    return parts ? w.duration(parts) : (iso ?? '')
  }
  const number = (value: number) => value.toLocaleString(language === 'zh' ? 'zh-CN' : 'en')
  const said = (failure: Error) => saidOf(failure, words)
  return { w, time, duration, number, said }
}
