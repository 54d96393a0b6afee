import { Refusal } from '../api'
import { useLanguage } from '../language'
import { saidOf } from '../page'
import type { zhAccounts } from './words'

/** The words of this page, and times as its language writes them. */
export function useSpeech(): {
  w: typeof zhAccounts
  time: (instant: string | null) => string
  /** What the server refused, with its code. */
  said: (failure: Error) => string
  /** The same where the present password was asked for: 0002 means that it is wrong. */
  saidOfPassword: (failure: Error) => string
} {
  const { words, time } = useLanguage()
  const w = words.accounts
  const said = (failure: Error) => `${failure instanceof Refusal ? `${failure.code} ` : ''}${saidOf(failure, words)}`
  const saidOfPassword = (failure: Error) =>
    failure instanceof Refusal && failure.code === 'TM-CONSOLE-0002' ? `${failure.code} ${w.own.wrong}` : said(failure)
  return { w, time, said, saidOfPassword }
}
