import { useCallback, useEffect, useRef, useState } from 'react'
import { gateways, type Node, type Publication, type ServiceFigures } from './api'
import { parse, type Rules } from './rules'
import type { Transports } from './transports'

const EVERY = 5_000
/** What was heard longer ago is said to be old: three looks without an answer. */
const OLD = 15_000

/** Rules with the revision they are of; 0 where nothing was published. */
export interface Published {
  revision: number
  rules: Rules
}

/** What the server said last. */
export interface Seen {
  published: Published
  publications: Publication[]
  nodes: Node[]
  figures: Map<string, ServiceFigures>
  transports: Transports
  /** The server's clock then, in milliseconds; every time that is compared or shown is by it. */
  at: number
  /** Milliseconds since the page was opened: says how long ago that was, and is no time of day. */
  heard: number
}

async function look(last: Seen | null): Promise<Seen> {
  // Which revision is in force is asked before the rules: should somebody publish between the two, these rules count as
  // the earlier ones, and a publication that is based on them is refused.
  const [publications, nodes, figures, transports] = await Promise.all([
    gateways.publications(),
    gateways.nodes(),
    gateways.services(),
    gateways.transports(),
  ])
  const revision = publications[0]?.revision ?? 0
  const published = last?.published.revision === revision ? last.published : { revision, rules: await rules() }
  return {
    published,
    publications,
    nodes: nodes.value,
    figures: new Map(figures.map(each => [each.id, each])),
    transports,
    at: nodes.at,
    heard: performance.now(),
  }
}

async function rules(): Promise<Rules> {
  const reading = parse(await gateways.rules())
  if (reading.rules === null) {
    throw new Error(reading.problem)
  }
  return reading.rules
}

/** What was seen last, and why it is no longer what is so. */
export interface Looking {
  seen: Seen | null
  failure: Error | null
  /** Whether the answer to a look is overdue. */
  isOld: boolean
  refresh: () => Promise<void>
}

/** Looks every five seconds while the page is seen. What could not be read leaves what was seen before, with the failure. */
export function useSeen(): Looking {
  const [seen, setSeen] = useState<Seen | null>(null)
  const [failure, setFailure] = useState<Error | null>(null)
  const [isOld, setOld] = useState(false)
  const last = useRef<Seen | null>(null)
  const looking = useRef<Promise<void> | null>(null)

  const lookNow = useCallback(async () => {
    try {
      last.current = await look(last.current)
      setSeen(last.current)
      setFailure(null)
      setOld(false)
    } catch (error) {
      setFailure(error as Error)
    }
    looking.current = null
  }, [])
  /** One look at a time: who asks for one gets what is so from now on. */
  const refresh = useCallback(async () => {
    while (looking.current !== null) {
      await looking.current
    }
    looking.current = lookNow()
    await looking.current
  }, [lookNow])
  useEffect(() => {
    void refresh()
    const timer = window.setInterval(() => {
      if (document.hidden) {
        return
      }
      if (looking.current === null) {
        void refresh()
      } else {
        setOld(last.current !== null && performance.now() - last.current.heard > OLD)
      }
    }, EVERY)
    return () => window.clearInterval(timer)
  }, [refresh])
  return { seen, failure, isOld, refresh }
}
