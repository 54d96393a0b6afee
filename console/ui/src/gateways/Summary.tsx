import { Alert } from '@patternfly/react-core'
import React from 'react'
import { useBoard, useSpeech } from './board'
import { isTroubled, isWell, nodeState, unserved } from './nodes'
import { keyState, keyTrouble } from './rules'

const NAMED = 5

/** The state of the whole in one line, and under it what needs somebody, whichever tab is open. */
export const Summary: React.FunctionComponent<{ failure: Error | null; isOld: boolean }> = ({ failure, isOld }) => {
  const { w, time, number, said } = useSpeech()
  const { seen } = useBoard()
  const { publications, nodes, figures, at, published } = seen
  const inForce = publications[0]
  const names = (all: string[]) =>
    w.list(all.slice(0, NAMED)) + (all.length > NAMED ? ` … (${all.length})` : '')
  const { services = [], applications = [] } = published.rules
  const states = nodes.map(node => ({ node, state: nodeState(node, publications, at) }))
  const living = states.filter(({ state }) => state !== 'GONE')
  const unwell = states.filter(({ state }) => !isWell(state))
  const alone = unserved(published.rules, nodes, at)
  const troubled = [...figures.values()].filter(isTroubled)
  const keys = applications.filter(
    one => keyTrouble(one, at) || one.keys?.some(key => keyState(key, at) === 'ENDS_SOON'),
  )
  const active = (list: { state?: string }[]) => list.filter(one => one.state !== 'SUSPENDED').length
  const stats: [string, string, string, string][] = [
    ['inForce', w.summary.inForce, w.summary.revision(published.revision), inForce ? w.summary.publishedBy(inForce.by, time(inForce.at)) : ''],
    [unwell.length > 0 ? 'parked' : 'delivered', w.summary.nodes, w.summary.following(living.length - unwell.length, living.length), ''],
    ['services', w.summary.services, w.summary.active(active(services), services.length), ''],
    [troubled.length > 0 ? 'parked' : 'delivered', w.summary.troubled, number(troubled.length), ''],
    ['applications', w.summary.applications, w.summary.active(active(applications), applications.length), ''],
  ]
  return (
    <>
      <dl className="tongmai-stats tongmai-gateway-stats">
        {stats.map(([tone, name, value, more]) => (
          <div key={name} className={`tongmai-stat tongmai-stat-${tone}`}>
            <dt>{name}</dt>
            <dd>
              {value}
              {more !== '' && <span className="tongmai-quiet tongmai-stat-more">{more}</span>}
            </dd>
          </div>
        ))}
      </dl>
      <div role="status" className="tongmai-warnings">
        {(failure || isOld) && (
          <Alert
            variant="danger"
            isInline
            data-testid="tongmai-stale"
            title={w.stale(time(new Date(at).toISOString()), failure ? said(failure) : w.overdue)}
          />
        )}
        {unwell.length > 0 && (
          <Alert
            variant="warning"
            isInline
            data-testid="tongmai-nodes-warning"
            title={w.nodes.warning(names(unwell.map(({ node, state }) => `${node.node} (${w.nodes.states[state]})`)))}
          />
        )}
        {alone.length > 0 && (
          <Alert variant="warning" isInline data-testid="tongmai-domains-warning" title={w.nodes.unserved(names(alone))} />
        )}
        {troubled.length > 0 && (
          <Alert variant="warning" isInline title={w.services.warning(names(troubled.map(({ title, id }) => title || id)))} />
        )}
        {keys.length > 0 && (
          <Alert variant="warning" isInline title={w.applications.keyWarning(names(keys.map(one => one.id ?? '')))} />
        )}
      </div>
    </>
  )
}
