import React, { createContext, useContext, useEffect, useMemo, useState } from 'react'
import { en, zh, type Words } from './words'

export type Language = 'zh' | 'en'

interface Speech {
  language: Language
  words: Words
  speak: (language: Language) => void
  /** A time as people of the language write it, with seconds, in the browser's zone. */
  time: (instant: string | null) => string
}

const KEY = 'tongmai.language'
const LanguageContext = createContext<Speech | null>(null)

/** As the login page: Chinese, unless the browser asks for English first. A choice is kept in the browser. */
function firstLanguage(): Language {
  const kept = localStorage.getItem(KEY)
  return (kept ?? navigator.language).startsWith('en') ? 'en' : 'zh'
}

export const LanguageProvider: React.FunctionComponent<{ children: React.ReactNode }> = ({ children }) => {
  const [language, speak] = useState<Language>(firstLanguage)
  useEffect(() => localStorage.setItem(KEY, language), [language])
  const speech = useMemo<Speech>(() => {
    const format = new Intl.DateTimeFormat(language === 'zh' ? 'zh-CN' : 'en-GB', {
      year: 'numeric',
      month: '2-digit',
      day: '2-digit',
      hour: '2-digit',
      minute: '2-digit',
      second: '2-digit',
      hour12: false,
    })
    const time = (instant: string | null) => (instant ? format.format(new Date(instant)) : '')
    return { language, words: language === 'zh' ? zh : en, speak, time }
  }, [language])
  return <LanguageContext.Provider value={speech}>{children}</LanguageContext.Provider>
}

export function useLanguage(): Speech {
  const speech = useContext(LanguageContext)
  if (!speech) {
    throw new Error('no LanguageProvider around this component')
  }
  return speech
}
