import { PageSection, Tab, Tabs, TabTitleText } from '@patternfly/react-core'
import React, { useEffect, useState } from 'react'
import { useSearchParams } from 'react-router-dom'
import { api, type Session } from '../api'
import { LanguageProvider } from '../language'
import { Failure, Loading, PageHeading } from '../page'
import './accounts.css'
import { AllAccounts } from './AllAccounts'
import { OwnAccountView } from './OwnAccountView'
import { useSpeech } from './speech'

const PANEL = 'tongmai-accounts-panel'
const TABS = ['all', 'own'] as const
type TabName = (typeof TABS)[number]

/** The page Accounts: everybody's own, and for security administrators all of them. */
export const AccountsPage: React.FunctionComponent = () => (
  <LanguageProvider>
    <Accounts />
  </LanguageProvider>
)

const Accounts: React.FunctionComponent = () => {
  const { w } = useSpeech()
  const [session, setSession] = useState<Session | null>(null)
  const [failure, setFailure] = useState<Error | null>(null)
  const look = () => {
    setFailure(null)
    api.session().then(setSession, setFailure)
  }
  useEffect(look, [])
  return (
    <div className="tongmai" data-testid="tongmai-accounts">
      <PageHeading title={w.title} subtitle={w.subtitle} />
      <PageSection hasBodyWrapper={false}>
        {failure && <Failure failure={failure} retry={look} />}
        {!failure && !session && <Loading />}
        {session && <Parts session={session} />}
      </PageSection>
    </div>
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
    <>
      <Tabs
        activeKey={tab}
        onSelect={(_, next) => setParams(new URLSearchParams({ tab: next as TabName }))}
        aria-label={w.title}
      >
        {TABS.map(each => (
          <Tab key={each} eventKey={each} tabContentId={PANEL} title={<TabTitleText>{w.tabs[each]}</TabTitleText>} />
        ))}
      </Tabs>
      <div id={PANEL} role="tabpanel" aria-label={w.tabs[tab]} className="tongmai-stack">
        {tab === 'own' ? (
          <OwnAccountView />
        ) : (
          <AllAccounts self={session.name} opened={params.get('account')} open={open} />
        )}
      </div>
    </>
  )
}
