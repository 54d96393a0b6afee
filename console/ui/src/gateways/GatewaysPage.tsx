import { PageSection, Tab, Tabs, TabTitleText } from '@patternfly/react-core'
import React, { useEffect, useLayoutEffect, useMemo, useRef, useState } from 'react'
import { useSearchParams } from 'react-router-dom'
import { api, type Session } from '../api'
import { LanguageProvider } from '../language'
import { Failure, Loading, PageHeading } from '../page'
import { ApplicationsView } from './ApplicationsView'
import { BoardProvider, TABS, useBoard, useSpeech, type Board, type Refused, type Spot, type TabName } from './board'
import { differences } from './difference'
import { useDraft } from './draft'
import { DraftBar } from './DraftBar'
import { EntryEditor } from './EntryEditor'
import './gateways.css'
import { GuardianshipsView } from './GuardianshipsView'
import { IdentityView } from './IdentityView'
import { ListenersView } from './ListenersView'
import { NodesView } from './NodesView'
import { KINDS, type Kind } from './rules'
import { RulesView } from './RulesView'
import { useSeen, type Seen } from './seen'
import { ServicesView } from './ServicesView'
import { ServiceView } from './ServiceView'
import { Summary } from './Summary'

const PANEL = 'tongmai-panel'

/** The page Gateways: what runs, who may call what, and the rules, changed as a draft and published whole. */
export const GatewaysPage: React.FunctionComponent = () => (
  <LanguageProvider>
    <Gateways />
  </LanguageProvider>
)

const Gateways: React.FunctionComponent = () => {
  const { w } = useSpeech()
  const { seen, failure, isOld, refresh } = useSeen()
  const [session, setSession] = useState<Session | null>(null)
  const [unknown, setUnknown] = useState<Error | null>(null)

  useEffect(() => {
    api.session().then(setSession, setUnknown)
  }, [])

  const missing = seen === null ? failure : unknown
  return (
    <div className="tongmai" data-testid="tongmai-gateways">
      <PageHeading title={w.title} subtitle={w.subtitle} />
      {seen && session ? (
        <Loaded seen={seen} session={session} failure={failure} isOld={isOld} refresh={refresh} />
      ) : (
        <PageSection hasBodyWrapper={false}>
          {missing ? <Failure failure={missing} retry={() => void refresh()} /> : <Loading />}
        </PageSection>
      )}
    </div>
  )
}

interface LoadedProps {
  seen: Seen
  session: Session
  failure: Error | null
  isOld: boolean
  refresh: () => Promise<void>
}

const Loaded: React.FunctionComponent<LoadedProps> = ({ seen, session, failure, isOld, refresh }) => {
  const { w } = useSpeech()
  const [spot, go] = useSpot()
  const anchor = useScroll(spot)
  const [refused, setRefused] = useState<Refused | null>(null)
  const drafting = useDraft(session.name, seen.published)
  const mayPublish = session.roles.includes('SECURITY_ADMINISTRATOR')
  const draft = mayPublish ? drafting.draft : null
  const board: Board = {
    seen,
    rules: draft?.rules ?? seen.published.rules,
    drafting,
    changes: useMemo(() => (draft ? differences(draft.base.rules, draft.rules) : []), [draft]),
    mayPublish,
    mayRecord: session.roles.includes('OPERATOR'),
    spot,
    go,
    refused,
    setRefused,
    refresh,
  }
  return (
    <BoardProvider value={board}>
      <PageSection hasBodyWrapper={false}>
        <Summary failure={failure} isOld={isOld} />
        {mayPublish && <DraftBar />}
        <TabBar />
        <div ref={anchor} id={PANEL} role="tabpanel" aria-label={w.tabs[spot.tab]} className="tongmai-stack">
          {/* The list stays alive under an entry: coming back finds the filter and its place. */}
          <div hidden={spot.tab !== 'services' || spot.subject !== null}>
            <ServicesView />
          </div>
          <Opened />
        </div>
      </PageSection>
    </BoardProvider>
  )
}

const TabBar: React.FunctionComponent = () => {
  const { w } = useSpeech()
  const { spot, go } = useBoard()
  return (
    <Tabs
      activeKey={spot.tab}
      onSelect={(_, tab) => go({ tab: tab as TabName, subject: null, edits: false })}
      aria-label={w.title}
      className="tongmai-tabs"
    >
      {TABS.map(tab => (
        <Tab key={tab} eventKey={tab} tabContentId={PANEL} title={<TabTitleText>{w.tabs[tab]}</TabTitleText>} />
      ))}
    </Tabs>
  )
}

const Opened: React.FunctionComponent = () => {
  const { spot, mayPublish } = useBoard()
  const { subject } = spot
  if (subject && spot.edits && mayPublish) {
    return <EntryEditor key={`${subject.kind} ${subject.id}`} subject={subject} />
  }
  if (subject?.kind === 'services') {
    return <ServiceView key={subject.id} id={subject.id} />
  }
  switch (spot.tab) {
    case 'nodes':
      return <NodesView />
    case 'listeners':
      return <ListenersView />
    case 'applications':
      return <ApplicationsView />
    case 'identity':
      return <IdentityView />
    case 'guardianships':
      return <GuardianshipsView />
    case 'rules':
      return <RulesView />
    default:
      return null
  }
}

/** What is opened begins at its top; a list that is come back to is where it was left. */
function useScroll(spot: Spot): React.RefObject<HTMLDivElement> {
  const anchor = useRef<HTMLDivElement>(null)
  const left = useRef(new Map<string, number>())
  const isList = spot.subject === null && spot.tab !== 'rules'
  const key = [spot.tab, spot.subject?.kind, spot.subject?.id, spot.edits].join(' ')

  useLayoutEffect(() => {
    const page = anchor.current?.closest('.tongmai')
    if (!page) {
      return undefined
    }
    const remember = () => left.current.set(key, page.scrollTop)
    page.scrollTop = isList ? (left.current.get(key) ?? 0) : 0
    page.addEventListener('scroll', remember)
    return () => page.removeEventListener('scroll', remember)
  }, [key, isList])
  return anchor
}

/** The spot is in the address, so that the browser's way back and a link to a colleague work. */
function useSpot(): [Spot, (next: Partial<Spot>) => void] {
  const [params, setParams] = useSearchParams()
  const tab = TABS.find(each => each === params.get('tab')) ?? 'nodes'
  const kind = KINDS.find(each => each === params.get('kind'))
  const id = params.get('id')
  const subject = kind && id !== null ? { kind: kind as Kind, id } : null
  const spot: Spot = { tab, subject, edits: params.get('edit') === '1' }
  const go = (next: Partial<Spot>) => {
    const to = { ...spot, ...next }
    const changed = new URLSearchParams({ tab: to.tab })
    if (to.subject) {
      changed.set('kind', to.subject.kind)
      changed.set('id', to.subject.id)
    }
    if (to.edits) {
      changed.set('edit', '1')
    }
    setParams(changed)
  }
  return [spot, go]
}
