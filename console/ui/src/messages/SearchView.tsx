import { Button, Card, CardBody, EmptyState, EmptyStateBody, PageSection } from '@patternfly/react-core'
import { Td, Tr } from '@patternfly/react-table'
import React, { useEffect, useState } from 'react'
import { api, searchQuery, type Filter, type Message, type Page } from '../api'
import { useLanguage } from '../language'
import { Failure, Loading } from '../page'
import { DataTable } from '../DataTable'
import { EVERYTHING, SearchForm } from './SearchForm'
import { MessageStateLabel } from './States'
import { StatsStrip } from './StatsStrip'

const PAGE_SIZE = 20

interface Props {
  open: (id: string) => void
  active: boolean
}

/** What the list shows: a search, and the cursors of the pages gone through so far. */
interface Place {
  filter: Filter
  cursors: (string | null)[]
}

const START: Place = { filter: EVERYTHING, cursors: [null] }

export const SearchView: React.FunctionComponent<Props> = ({ open, active }) => {
  const { words } = useLanguage()
  const [place, setPlace] = useState<Place>(START)
  const [page, setPage] = useState<Page | null>(null)
  const [failure, setFailure] = useState<Error | null>(null)
  const [isLoading, setLoading] = useState(true)

  useEffect(() => {
    const aborter = new AbortController()
    const before = place.cursors[place.cursors.length - 1] ?? null
    setLoading(true)
    setFailure(null)
    api
      .find(searchQuery(place.filter, before, PAGE_SIZE), aborter.signal)
      .then(setPage)
      .catch((error: Error) => {
        if (!aborter.signal.aborted) {
          setFailure(error)
        }
      })
      .finally(() => {
        if (!aborter.signal.aborted) {
          setLoading(false)
        }
      })
    return () => aborter.abort()
  }, [place])

  const refresh = () => setPlace(current => ({ ...current }))
  const newer = () => setPlace(current => ({ ...current, cursors: current.cursors.slice(0, -1) }))
  const older = () => setPlace(current => ({ ...current, cursors: [...current.cursors, page?.next ?? null] }))

  return (
    <PageSection hasBodyWrapper={false} aria-busy={isLoading}>
      <StatsStrip active={active} />
      <Card>
        <CardBody>
          <SearchForm onSearch={filter => setPlace({ filter, cursors: [null] })} />
        </CardBody>
      </Card>
      <Card>
        <CardBody>
          {failure && <Failure failure={failure} retry={refresh} />}
          {!failure && !page && <Loading />}
          {!failure && page && page.items.length === 0 && (
            <EmptyState titleText={words.table.empty} headingLevel="h2" variant="sm">
              <EmptyStateBody>{words.table.emptyHint}</EmptyStateBody>
            </EmptyState>
          )}
          {!failure && page && page.items.length > 0 && <MessageTable messages={page.items} open={open} />}
          <div className="tongmai-paging">
            <Button variant="link" onClick={refresh} isLoading={isLoading && page !== null}>
              {words.table.refresh}
            </Button>
            <span className="tongmai-paging-gap" />
            <Button variant="secondary" size="sm" onClick={newer} isDisabled={place.cursors.length === 1}>
              {words.table.newer}
            </Button>
            <span aria-live="polite">{words.table.page(place.cursors.length)}</span>
            <Button variant="secondary" size="sm" onClick={older} isDisabled={!page?.next}>
              {words.table.older}
            </Button>
          </div>
        </CardBody>
      </Card>
    </PageSection>
  )
}

const MessageTable: React.FunctionComponent<{ messages: Message[]; open: (id: string) => void }> = ({
  messages,
  open,
}) => {
  const { words, time } = useLanguage()
  const w = words.table
  return (
    <DataTable caption={w.caption} heads={[w.time, w.state, w.type, w.controlId, w.sender, w.patient, w.feed]}>
      {messages.map(message => (
        <Tr key={message.id} isClickable onRowClick={() => open(message.id)} data-message={message.id}>
          <Td dataLabel={w.time}>{time(message.receivedAt)}</Td>
          <Td dataLabel={w.state}>
            <MessageStateLabel state={message.state} />
          </Td>
          <Td dataLabel={w.type}>{message.type}</Td>
          <Td dataLabel={w.controlId}>
            <Button
              variant="link"
              isInline
              onClick={event => {
                event.stopPropagation()
                open(message.id)
              }}
            >
              {message.controlId || message.id}
            </Button>
          </Td>
          <Td dataLabel={w.sender}>
            <Sender sender={message.sender} />
          </Td>
          <Td dataLabel={w.patient} className="tongmai-identifier">
            {message.patient ? <Identifier identifier={message.patient} /> : <Quiet>{w.noPatient}</Quiet>}
          </Td>
          <Td dataLabel={w.feed}>
            <Feed feed={message.feed} />
          </Td>
        </Tr>
      ))}
    </DataTable>
  )
}

const Quiet: React.FunctionComponent<{ children: React.ReactNode }> = ({ children }) => (
  <span className="tongmai-quiet">{children}</span>
)

/** {@code value^assigner} as two lines. */
export const Identifier: React.FunctionComponent<{ identifier: string }> = ({ identifier }) => {
  const [value, ...assigner] = identifier.split('^')
  return (
    <>
      <div>{value}</div>
      {assigner.length > 0 && <div className="tongmai-quiet tongmai-small">{assigner.join('^')}</div>}
    </>
  )
}

/** {@code application|facility} as two lines. */
export const Sender: React.FunctionComponent<{ sender: string }> = ({ sender }) => {
  const [application, facility] = sender.split('|')
  return (
    <>
      <div>{facility || application}</div>
      {facility && <div className="tongmai-quiet tongmai-small">{application}</div>}
    </>
  )
}

/** {@code bundle.route} as two lines. */
export const Feed: React.FunctionComponent<{ feed: string }> = ({ feed }) => {
  const dot = feed.indexOf('.')
  return (
    <>
      <div title={feed}>{dot < 0 ? feed : feed.slice(dot + 1)}</div>
      {dot > 0 && <div className="tongmai-quiet tongmai-small">{feed.slice(0, dot)}</div>}
    </>
  )
}
