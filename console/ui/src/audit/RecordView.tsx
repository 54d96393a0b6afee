import { Alert, Breadcrumb, BreadcrumbItem, Button, Card, CardBody, CardTitle, Label } from '@patternfly/react-core'
import React, { useCallback, useEffect, useState } from 'react'
import { Facts, Failure, Loading } from '../page'
import { audit, type Act, type Item, type Place, type Proof } from './api'
import { useSpeech } from './speech'
import { ActName, Digest, FoundExpected, Outcome, Who } from './States'

interface Props {
  place: Place
  back: () => void
  /** Looks for the records of one request. */
  follow: (item: Item) => void
}

/** One record, and what shows that it is as it was written. */
export const RecordView: React.FunctionComponent<Props> = ({ place, back, follow }) => {
  const { w } = useSpeech()
  const [proof, setProof] = useState<Proof | null>(null)
  const [acts, setActs] = useState<Act[]>([])
  const [failure, setFailure] = useState<Error | null>(null)
  const look = useCallback(() => {
    setFailure(null)
    audit.proof(place).then(setProof, setFailure)
  }, [])
  useEffect(look, [look])
  useEffect(() => void audit.acts().then(setActs, () => setActs([])), [])
  return (
    <div className="tongmai-stack" data-testid="tongmai-record">
      <Breadcrumb>
        <BreadcrumbItem>
          <Button variant="link" isInline onClick={back}>
            {w.record.back}
          </Button>
        </BreadcrumbItem>
        <BreadcrumbItem isActive>
          {place.node} · {w.placed(place.block, place.record)}
        </BreadcrumbItem>
      </Breadcrumb>
      {failure && <Failure failure={failure} retry={look} />}
      {!failure && !proof && <Loading />}
      {proof && (
        <>
          <Standing proof={proof} />
          <div className="tongmai-cards">
            {proof.item && <RecordCard item={proof.item} acts={acts} follow={follow} />}
            <SignatureCard proof={proof} />
          </div>
          <ChainCard proof={proof} />
        </>
      )}
    </div>
  )
}

const Standing: React.FunctionComponent<{ proof: Proof }> = ({ proof }) => {
  const { w } = useSpeech()
  const { findings, item } = proof
  if (findings.length === 0 && item) {
    return (
      <Alert variant="success" isInline title={w.record.intact} data-testid="tongmai-intact">
        {w.record.around}
      </Alert>
    )
  }
  return (
    <Alert variant="danger" isInline title={w.record.altered} data-testid="tongmai-altered">
      <ul className="tongmai-findings">
        {findings.map(finding => (
          <li key={`${finding.kind} ${finding.record} ${finding.checkpoint}`} data-finding={finding.kind}>
            <strong>{w.finding[finding.kind]}</strong>{' '}
            {finding.record > 0 && w.placed(finding.block, finding.record)} <FoundExpected finding={finding} />
          </li>
        ))}
        {!item && <li>{w.record.unreadable}</li>}
      </ul>
    </Alert>
  )
}

const RecordCard: React.FunctionComponent<{ item: Item; acts: Act[]; follow: (item: Item) => void }> = ({
  item,
  acts,
  follow,
}) => {
  const { w, time, number } = useSpeech()
  const { at, act, actor, address, what, figures } = item
  const bytes = (count: number) => (count > 0 ? w.record.bytes(number(count)) : '')
  return (
    <Card>
      <CardTitle component="h2">{w.record.facts}</CardTitle>
      <CardBody>
        <Facts
          facts={[
            [w.at, <span title={at}>{time(at)}</span>],
            [w.act, <ActName act={act} acts={acts} />],
            [w.actor, <Who actor={actor} />],
            [w.address, address],
            [w.object, what.object],
            [w.outcome, <Outcome outcome={what.outcome} />],
            [
              w.trace,
              what.trace && (
                <Button variant="link" isInline title={w.record.trace} onClick={() => follow(item)}>
                  {what.trace}
                </Button>
              ),
            ],
            [w.record.duration, figures.micros > 0 ? w.record.micros(number(figures.micros)) : ''],
            [w.record.received, bytes(figures.received)],
            [w.record.sent, bytes(figures.sent)],
            [w.record.requestHash, figures.requestHash && <Digest digest={figures.requestHash} />],
            [w.record.answerHash, figures.answerHash && <Digest digest={figures.answerHash} />],
          ]}
        />
      </CardBody>
    </Card>
  )
}

const ChainCard: React.FunctionComponent<{ proof: Proof }> = ({ proof }) => {
  const { w, time, number } = useSpeech()
  const { place, written, block } = proof
  return (
    <Card>
      <CardTitle component="h2">{w.record.chain}</CardTitle>
      <CardBody className="tongmai-stack">
        <Facts
          facts={[
            [w.node, place.node],
            [w.record.number, w.record.numbered(number(written.number))],
            [w.record.block, number(place.block)],
            [w.record.record, w.record.inBlock(place.record, block.records)],
            [w.record.writtenAt, time(block.at)],
            [w.record.previous, <Digest digest={written.links.previous} />],
            [w.record.digest, written.links.digest && <Digest digest={written.links.digest} />],
            [w.record.blockPrevious, <Digest digest={block.previous} />],
            [w.record.blockHash, <Digest digest={block.hash} />],
          ]}
        />
        {written.line !== '' && (
          <figure className="tongmai-line">
            <figcaption>
              {w.record.line} <span className="tongmai-quiet tongmai-small">{w.record.lineAbout}</span>
            </figcaption>
            <pre>{written.line.replaceAll('\t', ' ⇥ ')}</pre>
          </figure>
        )}
      </CardBody>
    </Card>
  )
}

const SignatureCard: React.FunctionComponent<{ proof: Proof }> = ({ proof }) => {
  const { w, time, number } = useSpeech()
  const { signature, place } = proof
  return (
    <Card data-testid="tongmai-signature">
      <CardTitle component="h2">{w.record.signature}</CardTitle>
      <CardBody>
        {signature === null ? (
          <p className="tongmai-quiet">{w.record.unsigned}</p>
        ) : (
          <Facts
            facts={[
              [
                w.record.checkpoint,
                <span className="tongmai-labels">
                  {w.record.checkpointNumber(number(signature.number))}
                  <Label color={signature.genuine ? 'green' : 'red'} isCompact>
                    {signature.genuine ? w.record.genuine : w.record.notGenuine}
                  </Label>
                </span>,
              ],
              [
                w.record.signs,
                signature.block === place.block ? w.record.signsThis : w.record.signsLater(number(signature.block)),
              ],
              [w.record.signedAt, time(signature.at)],
              [w.record.key, <Digest digest={signature.key} />],
            ]}
          />
        )}
      </CardBody>
    </Card>
  )
}
