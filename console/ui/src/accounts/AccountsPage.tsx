import React from 'react'
import { useSearchParams } from 'react-router-dom'
import type { Session } from '../api'
import { LanguageProvider } from '../language'
import { SessionPage, Tabbed } from '../page'
import './accounts.css'
import { AllAccounts } from './AllAccounts'
import { OwnAccountView } from './OwnAccountView'
import { useSpeech } from './speech'

const TABS = ['all', 'own'] as const

/** The page Accounts: everybody's own, and for security administrators all of them. */
export const AccountsPage: React.FunctionComponent = () => (
  <LanguageProvider>
    <Accounts />
  </LanguageProvider>
)

const Accounts: React.FunctionComponent = () => {
  const { w } = useSpeech()
  return (
    <SessionPage testId="tongmai-accounts" title={w.title} subtitle={w.subtitle}>
      {session => <Parts session={session} />}
    </SessionPage>
  )
}

/** Who does not govern accounts has one part alone; the server would refuse the other. */
const Parts: React.FunctionComponent<{ session: Session }> = ({ session }) => {
  const { w } = useSpeech()
  const [params, setParams] = useSearchParams()
  const governs = session.roles.includes('SECURITY_ADMINISTRATOR')
  if (!governs) {
    return <OwnAccountView />
  }
  const tab = TABS.find(each => each === params.get('tab')) ?? 'all'
  const open = (account: string | null) =>
    setParams(new URLSearchParams(account === null ? { tab: 'all' } : { tab: 'all', account }))
  return (
    <Tabbed
      id="tongmai-accounts-panel"
      label={w.title}
      tabs={TABS}
      titles={w.tabs}
      active={tab}
      open={next => setParams(new URLSearchParams({ tab: next }))}
    >
      {tab === 'own' ? (
        <OwnAccountView />
      ) : (
        <AllAccounts self={session.name} opened={params.get('account')} open={open} />
      )}
    </Tabbed>
  )
}
