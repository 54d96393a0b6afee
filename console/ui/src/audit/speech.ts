import { Refusal } from '../api'
import { useLanguage } from '../language'
import { saidOf } from '../page'
import type { Act } from './api'
import type { zhAudit } from './words'

/** The words of this page, and times as its language writes them. */
export function useSpeech(): {
  w: typeof zhAudit
  time: (instant: string | null) => string
  number: (value: number) => string
  said: (failure: Error) => string
  called: (act: Act) => string
} {
  const { words, time, language } = useLanguage()
  const number = (value: number) => value.toLocaleString(language === 'zh' ? 'zh-CN' : 'en')
  const said = (failure: Error) => `${failure instanceof Refusal ? `${failure.code} ` : ''}${saidOf(failure, words)}`
  const called = (act: Act) => (language === 'zh' ? act.display : act.displayEn)
  return { w: words.audit, time, number, said, called }
}
