import { Button } from '@patternfly/react-core'
import React, { useEffect, useState } from 'react'
import { useLanguage } from './language'

/** What a list shows: a search, and the cursors of the pages gone through so far. */
interface Place<F> {
  filter: F
  cursors: (string | null)[]
}

export interface Paged<F, P> {
  /** Null until something was found. */
  page: P | null
  filter: F
  failure: Error | null
  isLoading: boolean
  /** From 1. */
  number: number
  isLast: boolean
  search: (filter: F) => void
  refresh: () => void
  newer: () => void
  older: () => void
}

/** Goes through what a search finds, page by page, newest first; asks when the search or the page changes, and when told to. */
export function usePaged<F, P extends { next: string | null }>(
  start: F,
  find: (filter: F, before: string | null, signal: AbortSignal) => Promise<P>,
): Paged<F, P> {
  const [place, setPlace] = useState<Place<F>>({ filter: start, cursors: [null] })
  const [page, setPage] = useState<P | null>(null)
  const [failure, setFailure] = useState<Error | null>(null)
  const [isLoading, setLoading] = useState(true)

  useEffect(() => {
    const aborter = new AbortController()
    const before = place.cursors[place.cursors.length - 1] ?? null
    setLoading(true)
    setFailure(null)
    find(place.filter, before, aborter.signal)
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

  return {
    page,
    filter: place.filter,
    failure,
    isLoading,
    number: place.cursors.length,
    isLast: !page?.next,
    search: filter => setPlace({ filter, cursors: [null] }),
    refresh: () => setPlace(current => ({ ...current })),
    newer: () => setPlace(current => ({ ...current, cursors: current.cursors.slice(0, -1) })),
    older: () => setPlace(current => ({ ...current, cursors: [...current.cursors, page?.next ?? null] })),
  }
}

/** The line under a list. */
export function Paging<F, P>({ paged, children }: { paged: Paged<F, P>; children?: React.ReactNode }): React.ReactElement {
  const { words } = useLanguage()
  const w = words.table
  return (
    <div className="tongmai-paging">
      <Button variant="link" onClick={paged.refresh} isLoading={paged.isLoading && paged.page !== null}>
        {w.refresh}
      </Button>
      {children}
      <span className="tongmai-paging-gap" />
      <Button variant="secondary" size="sm" onClick={paged.newer} isDisabled={paged.number === 1}>
        {w.newer}
      </Button>
      <span aria-live="polite">{w.page(paged.number)}</span>
      <Button variant="secondary" size="sm" onClick={paged.older} isDisabled={paged.isLast}>
        {w.older}
      </Button>
    </div>
  )
}
