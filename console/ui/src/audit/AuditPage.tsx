import { Alert } from '@patternfly/react-core'
import React from 'react'
import { useSearchParams } from 'react-router-dom'
import { LanguageProvider } from '../language'
import { SessionPage, Tabbed } from '../page'
import type { Place } from './api'
import { ofOneRequest } from './audit'
import './audit.css'
import { HoldingView } from './HoldingView'
import { RecordsView } from './RecordsView'
import { RecordView } from './RecordView'
import { useSpeech } from './speech'
import { VerifyView } from './VerifyView'

const TABS = ['records', 'verify', 'holding'] as const

/** The page Audit: for audit administrators, what the audit log says and whether it is as it was written. */
export const AuditPage: React.FunctionComponent = () => (
  <LanguageProvider>
    <Audit />
  </LanguageProvider>
)

const Audit: React.FunctionComponent = () => {
  const { w } = useSpeech()
  return (
    <SessionPage testId="tongmai-audit" title={w.title} subtitle={w.subtitle}>
      {session =>
        session.roles.includes('AUDIT_ADMINISTRATOR') ? (
          <Parts />
        ) : (
          <Alert variant="info" isInline title={w.notForYou} data-testid="tongmai-not-for-you">
            {w.notForYouBody}
          </Alert>
        )
      }
    </SessionPage>
  )
}

/** The spot is in the address, so that the browser's way back and a link to a colleague work. */
const Parts: React.FunctionComponent = () => {
  const { w } = useSpeech()
  const [params, setParams] = useSearchParams()
  const tab = TABS.find(each => each === params.get('tab')) ?? 'records'
  const place = placeOf(params)
  // The search of one request stays in the address: with it the list under a record stays what it was.
  const followed = { trace: params.get('trace') ?? '', at: params.get('at') ?? '' }
  const records = { tab: 'records', ...(followed.trace === '' ? {} : followed) }
  const open = ({ node, block, record }: Place) =>
    setParams(new URLSearchParams({ ...records, node, block: String(block), record: String(record) }))
  const openTab = (next: (typeof TABS)[number]) => setParams(new URLSearchParams({ tab: next }))
  return (
    <Tabbed id="tongmai-audit-panel" label={w.title} tabs={TABS} titles={w.tabs} active={tab} open={openTab}>
      {/* The list stays alive under a record: coming back finds the search and its page. */}
      {tab === 'records' && (
        <div hidden={place !== null}>
          <RecordsView key={followed.trace} start={ofOneRequest(followed.trace, followed.at)} open={open} />
        </div>
      )}
      {tab === 'records' && place !== null && (
        <RecordView
          key={JSON.stringify(place)}
          place={place}
          back={() => setParams(new URLSearchParams(records))}
          follow={({ what, at }) => setParams(new URLSearchParams({ tab, trace: what.trace, at }))}
        />
      )}
      {tab === 'verify' && <VerifyView open={open} />}
      {tab === 'holding' && <HoldingView />}
    </Tabbed>
  )
}

function placeOf(params: URLSearchParams): Place | null {
  const [block, record] = [Number(params.get('block')), Number(params.get('record'))]
  return params.get('node') !== null && block > 0 && record > 0 ? { node: params.get('node') ?? '', block, record } : null
}
