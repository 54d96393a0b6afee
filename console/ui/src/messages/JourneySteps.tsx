import React from 'react'
import type { Journey } from '../api'
import { useLanguage } from '../language'
import { Facts } from '../page'
import { Feed, Identifier, Sender } from './SearchView'
import { DeliveryStateLabel } from './States'

interface StepProps {
  tone: 'good' | 'bad' | 'open'
  title: string
  children: React.ReactNode
}

/** One stop on the way, with its mark on the line. */
const Step: React.FunctionComponent<StepProps> = ({ tone, title, children }) => (
  <li className={`tongmai-step tongmai-step-${tone}`}>
    <div className="tongmai-step-mark" aria-hidden="true" />
    <div className="tongmai-step-card">
      <h3>{title}</h3>
      {children}
    </div>
  </li>
)

const Issues: React.FunctionComponent<{ issues: string[] }> = ({ issues }) => (
  <ul className="tongmai-issues">
    {issues.map(issue => (
      <li key={issue}>{issue}</li>
    ))}
  </ul>
)

export const ReceivedStep: React.FunctionComponent<{ journey: Journey }> = ({ journey }) => {
  const { words, time } = useLanguage()
  const { message } = journey
  const w = words.journey
  const issues = message.issues ?? []
  const refused = message.state === 'REFUSED'
  return (
    <Step tone={refused ? 'bad' : 'good'} title={w.received}>
      <Facts
        facts={[
          [w.receivedAt, time(message.receivedAt)],
          [w.feed, <Feed key="feed" feed={message.feed} />],
          [w.sender, <Sender key="sender" sender={message.sender} />],
          [w.patient, message.patient && <Identifier key="patient" identifier={message.patient} />],
          [w.visit, message.visit],
          [w.charset, message.charset],
          [w.size, w.bytes(message.bytes)],
          [w.source, message.source],
          [w.attempts, String(message.attempts)],
          [w.number, message.id],
        ]}
      />
      <h4>{w.issues}</h4>
      {issues.length === 0 ? <p className="tongmai-quiet">{w.noIssues}</p> : <Issues issues={issues} />}
    </Step>
  )
}

export const CanonicalStep: React.FunctionComponent<{ journey: Journey; mayRead: boolean }> = ({
  journey,
  mayRead,
}) => {
  const { words, time } = useLanguage()
  const w = words.journey
  const { message, resources, topic } = journey
  const refused = message.state === 'REFUSED'
  if (resources.length === 0) {
    return (
      <Step tone={refused ? 'bad' : 'open'} title={w.canonical}>
        <p className="tongmai-quiet">{refused ? w.refusedNotStored : w.notStored}</p>
      </Step>
    )
  }
  return (
    <Step tone="good" title={w.canonical}>
      <Facts
        facts={[
          [w.settledAt, time(message.settledAt)],
          [w.topic, topic],
        ]}
      />
      <h4>{w.resources}</h4>
      <ul className="tongmai-resources">
        {resources.map(resource => (
          <li key={resource.href}>
            {mayRead ? (
              <a href={resource.href} target="_blank" rel="noreferrer">
                {resource.type}
              </a>
            ) : (
              <span>{resource.type}</span>
            )}
            <code>{resource.id}</code>
            <span className="tongmai-quiet tongmai-small">{w.version(resource.version)}</span>
          </li>
        ))}
      </ul>
    </Step>
  )
}

export const DeliveryStep: React.FunctionComponent<{ journey: Journey }> = ({ journey }) => {
  const { words, time } = useLanguage()
  const w = words.journey
  const { deliveries } = journey
  const tone = deliveries.some(delivery => delivery.state === 'PARKED')
    ? 'bad'
    : deliveries.length > 0 && deliveries.every(delivery => delivery.state === 'DELIVERED')
      ? 'good'
      : 'open'
  return (
    <Step tone={tone} title={w.deliveries}>
      {deliveries.length === 0 && <p className="tongmai-quiet">{w.noDeliveries}</p>}
      <ul className="tongmai-deliveries">
        {deliveries.map(delivery => (
          <li key={delivery.destination}>
            <div className="tongmai-delivery-head">
              <div>
                <Feed feed={delivery.destination} />
              </div>
              <DeliveryStateLabel state={delivery.state} />
            </div>
            <p className="tongmai-small">
              {w.tries(delivery.attempts)}
              {delivery.settledAt && ` · ${w.deliveredAt} ${time(delivery.settledAt)}`}
              {delivery.nextAttemptAt && delivery.state === 'WAITING' && ` · ${w.next} ${time(delivery.nextAttemptAt)}`}
            </p>
            {delivery.causeCode && (
              <p className="tongmai-cause">
                <code>{delivery.causeCode}</code> {delivery.cause}
              </p>
            )}
            {delivery.issues.length > 0 && <Issues issues={delivery.issues} />}
          </li>
        ))}
      </ul>
    </Step>
  )
}
