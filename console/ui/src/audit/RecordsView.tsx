import { Alert, Button, Card, CardBody, EmptyState, EmptyStateBody } from '@patternfly/react-core'
import { Td, Tr } from '@patternfly/react-table'
import React, { useEffect, useState } from 'react'
import { Failure, Loading } from '../page'
import { Paging, usePaged } from '../paged'
import { DataTable } from '../DataTable'
import { audit, type Act, type AuditPage, type Item, type Place } from './api'
import { collect, csvOf, queryOf, type Filter } from './audit'
import { FilterForm } from './FilterForm'
import { useSpeech } from './speech'
import { ActName, Outcome, Who } from './States'

const PAGE_SIZE = 50
/** How long a browser may take to begin with a file, in milliseconds. */
const KEPT = 60_000

interface Props {
  /** What the search begins with. */
  start: Filter
  open: (place: Place) => void
}

/** The search of the audit log and what it finds. */
export const RecordsView: React.FunctionComponent<Props> = ({ start, open }) => {
  const { w } = useSpeech()
  const [acts, setActs] = useState<Act[]>([])
  const paged = usePaged<Filter, AuditPage>(start, (filter, before, signal) =>
    audit.find(queryOf(filter, before, PAGE_SIZE), signal),
  )
  // Without them acts are shown by their names.
  useEffect(() => void audit.acts().then(setActs, () => setActs([])), [])
  const { page, failure, isLoading } = paged
  return (
    <div className="tongmai-stack" aria-busy={isLoading}>
      <Card>
        <CardBody>
          <FilterForm start={start} acts={acts} onSearch={paged.search} />
        </CardBody>
      </Card>
      <Card>
        <CardBody>
          {failure && <Failure failure={failure} retry={paged.refresh} />}
          {!failure && !page && <Loading />}
          {!failure && page?.items.length === 0 && (
            <EmptyState titleText={w.list.empty} headingLevel="h2" variant="sm">
              <EmptyStateBody>{w.list.emptyHint}</EmptyStateBody>
            </EmptyState>
          )}
          {!failure && page && page.items.length > 0 && <Records items={page.items} acts={acts} open={open} />}
          <Paging paged={paged}>
            <Export filter={paged.filter} isDisabled={!page || page.items.length === 0} />
          </Paging>
        </CardBody>
      </Card>
    </div>
  )
}

const Records: React.FunctionComponent<{ items: Item[]; acts: Act[]; open: (place: Place) => void }> = ({
  items,
  acts,
  open,
}) => {
  const { w, time } = useSpeech()
  return (
    <div className="tongmai-scroll">
      <DataTable
        caption={w.list.caption}
        heads={[w.at, w.act, w.actor, w.address, w.object, w.outcome, w.place]}
        className="tongmai-audit-table"
      >
        {items.map(({ place, at, actor, address, act, what }) => (
          <Tr
            key={`${place.node} ${place.block} ${place.record}`}
            isClickable
            onRowClick={() => open(place)}
            data-record={`${place.block}/${place.record}`}
            data-act={act}
          >
            <Td dataLabel={w.at}>
              <Button
                variant="link"
                isInline
                onClick={event => {
                  event.stopPropagation()
                  open(place)
                }}
              >
                {time(at)}
              </Button>
            </Td>
            <Td dataLabel={w.act}>
              <ActName act={act} acts={acts} />
            </Td>
            <Td dataLabel={w.actor}>
              <Who actor={actor} />
            </Td>
            <Td dataLabel={w.address}>{address}</Td>
            <Td dataLabel={w.object}>
              <div title={what.object}>{what.object}</div>
            </Td>
            <Td dataLabel={w.outcome}>
              <Outcome outcome={what.outcome} />
            </Td>
            <Td dataLabel={w.place} className="tongmai-quiet">
              <span title={`${place.node} · ${w.placed(place.block, place.record)}`}>
                {place.block} / {place.record}
              </span>
            </Td>
          </Tr>
        ))}
      </DataTable>
    </div>
  )
}

/** Saves all that the search finds, as far as a file is read by people. */
const Export: React.FunctionComponent<{ filter: Filter; isDisabled: boolean }> = ({ filter, isDisabled }) => {
  const { w, said } = useSpeech()
  const [isBusy, setBusy] = useState(false)
  const [done, setDone] = useState<{ title: string; isWell: boolean } | null>(null)
  const save = async () => {
    setBusy(true)
    setDone(null)
    try {
      const { items, isWhole } = await collect((before, limit) => audit.find(queryOf(filter, before, limit)))
      download(csvOf(items), 'audit.csv')
      setDone({ title: isWhole ? w.list.exported(items.length) : w.list.cut(items.length), isWell: isWhole })
    } catch (error) {
      setDone({ title: said(error as Error), isWell: false })
    }
    setBusy(false)
  }
  return (
    <>
      <Button variant="link" onClick={() => void save()} isDisabled={isDisabled || isBusy} isLoading={isBusy}>
        {isBusy ? w.list.exporting : w.list.export}
      </Button>
      {done && <Alert variant={done.isWell ? 'success' : 'warning'} isInline isPlain title={done.title} />}
    </>
  )
}

function download(text: string, name: string): void {
  const address = URL.createObjectURL(new Blob([text], { type: 'text/csv;charset=utf-8' }))
  const link = document.createElement('a')
  link.href = address
  link.download = name
  link.click()
  window.setTimeout(() => URL.revokeObjectURL(address), KEPT)
}
