import { Card, CardBody, CardTitle } from '@patternfly/react-core'
import { Td, Tr } from '@patternfly/react-table'
import React, { useEffect, useState } from 'react'
import { DataTable } from '../DataTable'
import { Facts, Failure, Loading } from '../page'
import { audit, type Holding, type Key } from './api'
import { leavesOn, sizeOf } from './audit'
import { useSpeech } from './speech'
import { Digest } from './States'

interface Held {
  holding: Holding
  keys: Key[]
}

/** What is kept and for how long, and which keys sign. */
export const HoldingView: React.FunctionComponent = () => {
  const [held, setHeld] = useState<Held | null>(null)
  const [failure, setFailure] = useState<Error | null>(null)
  const look = () => {
    setFailure(null)
    Promise.all([audit.holding(), audit.keys()]).then(([holding, keys]) => setHeld({ holding, keys }), setFailure)
  }
  useEffect(look, [])
  if (failure) {
    return <Failure failure={failure} retry={look} />
  }
  return held ? <Parts held={held} /> : <Loading />
}

const Parts: React.FunctionComponent<{ held: Held }> = ({ held: { holding, keys } }) => {
  const { w, time, number } = useSpeech()
  const { days, chains, retentionDays } = holding
  const h = w.holding
  return (
    <>
      <Card data-testid="tongmai-holding">
        <CardTitle component="h2">{h.retention}</CardTitle>
        <CardBody className="tongmai-stack">
          <Facts
            facts={[
              [h.retention, h.days(retentionDays)],
              [h.first, days[0]?.day ?? h.none],
              [h.last, days[days.length - 1]?.day ?? ''],
              [h.kept, h.days(days.length)],
              [h.size, sizeOf(days.reduce((sum, { bytes }) => sum + bytes, 0))],
            ]}
          />
          <p className="tongmai-quiet tongmai-small">{h.atLeast}</p>
        </CardBody>
      </Card>
      <Rows
        title={h.chains}
        heads={[w.node, h.lastBlock, h.keptRecords, h.dropped, h.writtenAt]}
        rows={chains.map(chain => [
          chain.node,
          number(chain.block),
          number(chain.records),
          number(chain.dropped),
          time(chain.at),
        ])}
      />
      <Rows
        title={h.dayTitle}
        heads={[h.day, h.size, h.leaves]}
        rows={[...days].reverse().map(({ day, bytes }) => [day, sizeOf(bytes), leavesOn(day, retentionDays)])}
      />
      <Rows
        title={h.keys}
        heads={[w.node, h.fingerprint, h.since]}
        rows={keys.map(key => [key.node, <Digest digest={key.fingerprint} />, time(key.since)])}
      />
    </>
  )
}

const Rows: React.FunctionComponent<{ title: string; heads: string[]; rows: React.ReactNode[][] }> = ({
  title,
  heads,
  rows,
}) => (
  <Card>
    <CardTitle component="h2">{title}</CardTitle>
    <CardBody>
      <div className="tongmai-scroll tongmai-audit-rows">
        <DataTable caption={title} heads={heads}>
          {rows.map((cells, row) => (
            <Tr key={row}>
              {cells.map((cell, index) => (
                <Td key={heads[index]} dataLabel={heads[index] ?? ''}>
                  {cell}
                </Td>
              ))}
            </Tr>
          ))}
        </DataTable>
      </div>
    </CardBody>
  </Card>
)
