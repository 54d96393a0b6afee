import React, { useEffect, useState } from 'react'
import { useSearchParams } from 'react-router-dom'
import { api, type Session } from '../api'
import { LanguageProvider, useLanguage } from '../language'
import { PageHeading } from '../page'
import { JourneyView } from './JourneyView'
import './messages.css'
import { SearchView } from './SearchView'

/** The page Messages: the list, or one message's journey when the address names one ({@code ?id=}). */
export const MessagesPage: React.FunctionComponent = () => (
  <LanguageProvider>
    <Messages />
  </LanguageProvider>
)

const Messages: React.FunctionComponent = () => {
  const { words } = useLanguage()
  const [params, setParams] = useSearchParams()
  const [session, setSession] = useState<Session | null>(null)
  const id = params.get('id')

  useEffect(() => {
    api.session().then(setSession, () => setSession(null))
  }, [])

  const open = (next: string | null) => {
    const changed = new URLSearchParams(params)
    if (next) {
      changed.set('id', next)
    } else {
      changed.delete('id')
    }
    setParams(changed)
  }

  return (
    <div className="tongmai" data-testid="tongmai-messages">
      <PageHeading title={words.title} subtitle={words.subtitle} />
      {/* The list stays alive under a journey: coming back finds the search, the page and its place. */}
      <div hidden={id !== null}>
        <SearchView open={open} active={id === null} />
      </div>
      {id !== null && <JourneyView key={id} id={id} session={session} open={open} />}
    </div>
  )
}
