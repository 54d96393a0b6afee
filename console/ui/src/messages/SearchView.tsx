import { Button, Card, CardBody, EmptyState, EmptyStateBody, PageSection } from '@patternfly/react-core'
import { Td, Tr } from '@patternfly/react-table'
import React from 'react'
import { api, searchQuery, type Filter, type Message, type Page } from '../api'
import { DataTable } from '../DataTable'
import { useLanguage } from '../language'
import { Failure, Loading } from '../page'
import { Paging, usePaged } from '../paged'
import { EVERYTHING, SearchForm } from './SearchForm'
import { MessageStateLabel } from './States'
import { StatsStrip } from './StatsStrip'

const PAGE_SIZE = 20

interface Props {
  open: (id: string) => void
  active: boolean
}

export const SearchView: React.FunctionComponent<Props> = ({ open, active }) => {
  const { words } = useLanguage()
  const paged = usePaged<Filter, Page>(EVERYTHING, (filter, before, signal) =>
    api.find(searchQuery(filter, before, PAGE_SIZE), signal),
  )
  const { page, failure, isLoading } = paged

  return (
    <PageSection hasBodyWrapper={false} aria-busy={isLoading}>
      <StatsStrip active={active} />
      <Card>
        <CardBody>
          <SearchForm onSearch={paged.search} />
        </CardBody>
      </Card>
      <Card>
        <CardBody>
          {failure && <Failure failure={failure} retry={paged.refresh} />}
          {!failure && !page && <Loading />}
          {!failure && page && page.items.length === 0 && (
            <EmptyState titleText={words.table.empty} headingLevel="h2" variant="sm">
              <EmptyStateBody>{words.table.emptyHint}</EmptyStateBody>
            </EmptyState>
          )}
          {!failure && page && page.items.length > 0 && <MessageTable messages={page.items} open={open} />}
          <Paging paged={paged} />
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
