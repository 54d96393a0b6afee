import { Alert, Breadcrumb, BreadcrumbItem, Button, Flex, FlexItem, PageSection, Title } from '@patternfly/react-core'
import React, { useCallback, useEffect, useState } from 'react'
import { api, type Journey, type Session } from '../api'
import { useLanguage } from '../language'
import { Failure, Loading } from '../page'
import { CanonicalStep, DeliveryStep, ReceivedStep } from './JourneySteps'
import { RawMessage } from './RawMessage'
import { ReplayButton } from './ReplayButton'
import { MessageStateLabel } from './States'

interface Props {
  id: string
  session: Session | null
  open: (id: string | null) => void
}

/** One message from left to right: received, canonical, deliveries; below, its bytes. */
export const JourneyView: React.FunctionComponent<Props> = ({ id, session, open }) => {
  const { words } = useLanguage()
  const [journey, setJourney] = useState<Journey | null>(null)
  const [failure, setFailure] = useState<Error | null>(null)
  const [child, setChild] = useState<string | null>(null)

  const load = useCallback(() => {
    setFailure(null)
    api.journey(id).then(setJourney, setFailure)
  }, [id])
  useEffect(load, [load])

  const operates = session?.roles.includes('OPERATOR') ?? false
  const replayed = (newest: string) => {
    setChild(newest)
    load()
  }

  return (
    <PageSection hasBodyWrapper={false} data-testid="tongmai-journey">
      <Breadcrumb>
        <BreadcrumbItem>
          <Button variant="link" isInline onClick={() => open(null)}>
            {words.journey.back}
          </Button>
        </BreadcrumbItem>
        <BreadcrumbItem isActive>{journey?.message.controlId || id}</BreadcrumbItem>
      </Breadcrumb>
      {failure && <Failure failure={failure} retry={load} />}
      {!journey && !failure && <Loading />}
      {journey && (
        <>
          <Flex className="tongmai-journey-title" alignItems={{ default: 'alignItemsCenter' }}>
            <FlexItem>
              <Title headingLevel="h2">{words.journey.title(journey.message.controlId)}</Title>
            </FlexItem>
            <FlexItem>{journey.message.type}</FlexItem>
            <FlexItem>
              <MessageStateLabel state={journey.message.state} />
            </FlexItem>
            <FlexItem align={{ default: 'alignRight' }}>
              {operates && <ReplayButton id={id} onReplayed={replayed} />}
            </FlexItem>
          </Flex>
          {child && (
            <Alert variant="success" isInline title={words.replay.done}>
              <Button variant="link" isInline onClick={() => open(child)}>
                {child}
              </Button>
            </Alert>
          )}
          {journey.message.masked && (
            <Alert variant="info" isInline isPlain title={words.journey.masked} />
          )}
          <Related journey={journey} open={open} />
          <ol className="tongmai-journey">
            <ReceivedStep journey={journey} />
            <CanonicalStep journey={journey} mayRead={operates} />
            <DeliveryStep journey={journey} />
          </ol>
          <RawMessage id={id} allowed={operates} />
        </>
      )}
    </PageSection>
  )
}

/** Links to the message this one replays, and to those that replay it. */
const Related: React.FunctionComponent<{ journey: Journey; open: (id: string) => void }> = ({ journey, open }) => {
  const { words } = useLanguage()
  const { message, replays } = journey
  const groups: [string, string[]][] = [
    [words.journey.parent, message.parent ? [message.parent] : []],
    [words.journey.replays, replays],
  ]
  return (
    <>
      {groups
        .filter(([, ids]) => ids.length > 0)
        .map(([title, ids]) => (
          <p key={title} className="tongmai-related">
            <span className="tongmai-quiet">{title}</span>
            {ids.map(other => (
              <Button key={other} variant="link" isInline onClick={() => open(other)}>
                {other}
              </Button>
            ))}
          </p>
        ))}
    </>
  )
}
