import {
  Alert,
  Button,
  Card,
  CardBody,
  CardTitle,
  Form,
  FormGroup,
  FormSelect,
  FormSelectOption,
  Spinner,
  TextInput,
} from '@patternfly/react-core'
import { Table, Tbody, Td, Th, Thead, Tr } from '@patternfly/react-table'
import React, { useEffect, useState, useSyncExternalStore } from 'react'
import { Refusal } from '../api'
import { DataTable } from '../DataTable'
import { audit, type Chain, type Finding, type Place, type Span } from './api'
import { placeOf } from './audit'
import { useSpeech } from './speech'
import { FoundExpected } from './States'
import { Verification, type Progress } from './verification'

const PAUSE = 2_000

/** One a tab, which goes on while another page is looked at. */
const verification = new Verification({
  ask: audit.verify,
  isBusy: failure => failure instanceof Refusal && failure.code === 'TM-CONSOLE-0056',
  pause: () => new Promise(done => window.setTimeout(done, PAUSE)),
})

/** Has the server verify its audit log, and shows what it finds. */
export const VerifyView: React.FunctionComponent<{ open: (place: Place) => void }> = ({ open }) => {
  const progress = useSyncExternalStore(verification.subscribe, verification.progress)
  const { stage, chains, findings } = progress
  const isUnderWay = stage === 'RUNS' || stage === 'WAITS'
  const { w } = useSpeech()
  return (
    <>
      <Card>
        <CardBody className="tongmai-stack">
          <p className="tongmai-quiet">{w.verify.about}</p>
          <SpanForm isUnderWay={isUnderWay} last={progress.span} />
          <div role="status" className="tongmai-stack">
            {stage !== 'IDLE' && <Standing progress={progress} isUnderWay={isUnderWay} />}
          </div>
        </CardBody>
      </Card>
      {findings.length > 0 && (
        <Card>
          <CardTitle component="h2">{w.verify.findings}</CardTitle>
          <CardBody>
            <Findings findings={findings} open={open} />
          </CardBody>
        </Card>
      )}
      {chains.length > 0 && (
        <Card>
          <CardTitle component="h2">{w.verify.chains}</CardTitle>
          <CardBody>
            <Chains chains={chains} />
          </CardBody>
        </Card>
      )}
    </>
  )
}

const SpanForm: React.FunctionComponent<{ isUnderWay: boolean; last: Span }> = ({ isUnderWay, last }) => {
  const { w } = useSpeech()
  const [span, setSpan] = useState<Span>(last)
  const [nodes, setNodes] = useState<string[]>([])
  // Without them all are verified.
  useEffect(
    () =>
      void audit.holding().then(
        held => setNodes(held.chains.map(({ node }) => node)),
        () => setNodes([]),
      ),
    [],
  )
  const change = (part: Partial<Span>) => setSpan(now => ({ ...now, ...part }))
  return (
    <Form
      className="tongmai-search"
      autoComplete="off"
      onSubmit={event => {
        event.preventDefault()
        void verification.begin(span)
      }}
    >
      <FormGroup label={w.node} fieldId="tongmai-verify-node">
        <FormSelect
          id="tongmai-verify-node"
          value={span.node}
          isDisabled={isUnderWay}
          onChange={(_, node) => change({ node })}
        >
          <FormSelectOption value="" label={w.all} />
          {nodes.map(node => (
            <FormSelectOption key={node} value={node} label={node} />
          ))}
        </FormSelect>
      </FormGroup>
      {(['from', 'to'] as const).map(end => (
        <FormGroup key={end} label={w.verify[end]} fieldId={`tongmai-verify-${end}`}>
          <TextInput
            id={`tongmai-verify-${end}`}
            type="date"
            value={span[end]}
            isDisabled={isUnderWay}
            onChange={(_, day) => change({ [end]: day })}
          />
        </FormGroup>
      ))}
      <div className="tongmai-search-buttons">
        <Button type="submit" variant="primary" isDisabled={isUnderWay} data-testid="tongmai-verify">
          {w.verify.begin}
        </Button>
        {isUnderWay && (
          <Button type="button" variant="secondary" onClick={() => verification.stop()}>
            {w.verify.stop}
          </Button>
        )}
      </div>
    </Form>
  )
}

const Standing: React.FunctionComponent<{ progress: Progress; isUnderWay: boolean }> = ({ progress, isUnderWay }) => {
  const { w, number, said } = useSpeech()
  const { stage, findings, failure, next } = progress
  const read = w.verify.read(number(progress.blocks), number(progress.records), number(progress.checkpoints))
  const [node = '', day = '', block = ''] = next.split('/')
  const outcome =
    findings.length > 0 ? w.verify.notIntact(findings.length) : stage === 'DONE' ? w.verify.intact : w.verify.soFar
  const variant = findings.length > 0 ? 'danger' : stage === 'DONE' ? 'success' : 'info'
  return (
    <>
      <div className="tongmai-labels" data-stage={stage}>
        {isUnderWay && <Spinner size="md" aria-label={w.verify.stage[stage]} />}
        <strong>{w.verify.stage[stage]}</strong>
        <span className="tongmai-quiet">{read}</span>
        {isUnderWay && block !== '' && (
          <span className="tongmai-quiet">{w.verify.reached(node, day, number(Number(block)))}</span>
        )}
      </div>
      {failure && <Alert variant="danger" isInline title={said(failure)} />}
      <Alert variant={variant} isInline title={outcome} data-testid="tongmai-verdict" />
    </>
  )
}

const Findings: React.FunctionComponent<{ findings: Finding[]; open: (place: Place) => void }> = ({
  findings,
  open,
}) => {
  const { w, number } = useSpeech()
  return (
    <div className="tongmai-scroll">
      <Table aria-label={w.verify.findings} variant="compact" className="tongmai-table tongmai-findings-table">
        <Thead>
          <Tr>
            <Th>{w.verify.what}</Th>
            <Th>{w.node}</Th>
            <Th>{w.verify.where}</Th>
            <Th>
              {w.verify.found} / {w.verify.expected}
            </Th>
            <Th screenReaderText={w.verify.see} />
          </Tr>
        </Thead>
        <Tbody>
          {findings.map((finding, index) => {
            const place = placeOf(finding)
            return (
              <Tr key={index} data-finding={finding.kind}>
                <Td dataLabel={w.verify.what} className="tongmai-wrap">
                  {w.finding[finding.kind]}
                </Td>
                <Td dataLabel={w.node}>{finding.node}</Td>
                <Td dataLabel={w.verify.where}>
                  {finding.block > 0 && w.placed(finding.block, finding.record)}{' '}
                  {finding.checkpoint > 0 && w.verify.checkpoint(number(finding.checkpoint))}
                </Td>
                <Td dataLabel={`${w.verify.found} / ${w.verify.expected}`} className="tongmai-wrap">
                  <FoundExpected finding={finding} />
                </Td>
                <Td>
                  {place && (
                    <Button variant="link" isInline onClick={() => open(place)}>
                      {w.verify.see}
                    </Button>
                  )}
                </Td>
              </Tr>
            )
          })}
        </Tbody>
      </Table>
    </div>
  )
}

const Chains: React.FunctionComponent<{ chains: Chain[] }> = ({ chains }) => {
  const { w, number } = useSpeech()
  return (
    <div className="tongmai-scroll">
      <DataTable
        caption={w.verify.chains}
        heads={[w.node, w.verify.blocks, w.verify.signed, w.verify.keys, w.verify.file]}
      >
        {chains.map(chain => (
          <Tr key={chain.node} data-chain={chain.node}>
            <Td dataLabel={w.node}>{chain.node}</Td>
            <Td dataLabel={w.verify.blocks}>{number(chain.block)}</Td>
            <Td dataLabel={w.verify.signed}>{number(chain.signed)}</Td>
            <Td dataLabel={w.verify.keys}>{w.verify.keySource[chain.keys]}</Td>
            <Td dataLabel={w.verify.file}>{w.verify.fileState[chain.file]}</Td>
          </Tr>
        ))}
      </DataTable>
    </div>
  )
}
