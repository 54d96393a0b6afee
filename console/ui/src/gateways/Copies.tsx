import { Alert, Card, CardBody, CardTitle } from '@patternfly/react-core'
import { Td, Tr } from '@patternfly/react-table'
import React, { useEffect, useState } from 'react'
import { DataTable } from '../DataTable'
import { gateways, type CopyFigures } from './api'
import { useBoard, useSpeech } from './board'
import { Facts } from '../page'

/** What became of a service's copied calls, asked again with every look at the gateways. */
export const Copies: React.FunctionComponent<{ id: string }> = ({ id }) => {
  const { w, time, number, said } = useSpeech()
  const { seen } = useBoard()
  const [copies, setCopies] = useState<CopyFigures | null>(null)
  const [failure, setFailure] = useState<Error | null>(null)
  const s = w.service

  useEffect(() => {
    gateways.copies(id).then(setCopies, setFailure)
  }, [id, seen.at])

  return (
    <Card>
      <CardTitle component="h3">{s.copies}</CardTitle>
      <CardBody>
        {!copies && failure && <Alert variant="info" isInline isPlain title={said(failure)} />}
        {copies && (
          <Facts
            facts={[
              [w.fields['traffic.copy.url'], copies.url],
              [s.alike, number(copies.alike)],
              [s.different, number(copies.different)],
              [s.failed, number(copies.failed)],
              [s.skipped, number(copies.skipped)],
            ]}
          />
        )}
        {copies && copies.differences.length > 0 && (
          <DataTable caption={s.different} heads={[s.at, s.where, s.detail]}>
            {copies.differences.map((difference, index) => (
              <Tr key={index}>
                <Td dataLabel={s.at}>{time(difference.at)}</Td>
                <Td dataLabel={s.where}>{difference.where}</Td>
                <Td dataLabel={s.detail}>{difference.detail}</Td>
              </Tr>
            ))}
          </DataTable>
        )}
      </CardBody>
    </Card>
  )
}
