import type { Node, Publication, ServiceFigures } from './api'
import { serviceDomains, type Rules, type Service } from './rules'

/** A node says what it runs every two seconds; the registry counts one as living for ten. */
const SILENT = 10_000
/** Nodes follow within a second, and say so within two more. */
const FOLLOWING = 10_000
const GONE = 7 * 24 * 3600_000

/**
 * FOLLOWS: runs what is in force. TAKES_UP: not yet, some seconds after it was published. BEHIND: another revision, perhaps
 * because it can take up nothing of what is in force. DIFFERS:
 * the same revision with another digest. PARTLY: says why it does not run all of it. SILENT: has not said anything for ten
 * seconds. GONE: for a week; it was taken away.
 */
export type NodeState = 'FOLLOWS' | 'TAKES_UP' | 'BEHIND' | 'DIFFERS' | 'PARTLY' | 'SILENT' | 'GONE'

/** @param now by the server's clock, in milliseconds */
export function nodeState(node: Node, publications: Publication[], now: number): NodeState {
  const silence = now - Date.parse(node.seenAt)
  if (silence > SILENT) {
    return silence > GONE ? 'GONE' : 'SILENT'
  }
  const inForce = publications[0]
  if (node.revision !== (inForce?.revision ?? 0)) {
    const isNew = inForce !== undefined && now - Date.parse(inForce.at) < FOLLOWING
    return isNew && node.problem === '' ? 'TAKES_UP' : 'BEHIND'
  }
  if (node.problem !== '') {
    return 'PARTLY'
  }
  return inForce && node.digest !== inForce.digest ? 'DIFFERS' : 'FOLLOWS'
}

/** States that need nobody. */
export const isWell = (state: NodeState): boolean => state === 'FOLLOWS' || state === 'TAKES_UP' || state === 'GONE'

/** Whether calls of a service fail, or soon will. */
export const isTroubled = (figures: ServiceFigures | undefined): boolean =>
  figures !== undefined &&
  (figures.circuit !== 'CLOSED' || figures.targets.some(target => target.state === 'DOWN'))

/** Whether a node takes calls of a service domain now. */
export const servesDomain = (node: Node, domain: string, now: number): boolean =>
  now - Date.parse(node.seenAt) <= SILENT &&
  node.state === 'ACTIVE' &&
  (node.domains.length === 0 || node.domains.includes(domain))

const serves = (node: Node, domain: string, service: Service | null, now: number): boolean =>
  servesDomain(node, domain, now) &&
  (service === null || (service.gateways ?? []).some(gateway => node.doors.includes(gateway)))

/** Service domains of which something that may be called is served by no living node. */
export function unserved(rules: Rules, nodes: Node[], now: number): string[] {
  const suspended = (rules.serviceDomains ?? []).filter(({ state }) => state === 'SUSPENDED').map(({ id }) => id)
  return serviceDomains(rules).filter(domain => {
    const services = (rules.services ?? []).filter(one => one.domain === domain && one.state !== 'SUSPENDED')
    const wanted: (Service | null)[] = services.length > 0 ? services : [null]
    return !suspended.includes(domain) && wanted.some(service => !nodes.some(node => serves(node, domain, service, now)))
  })
}
