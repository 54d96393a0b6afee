import { Alert, Button, Card, CardBody, CardTitle, Label } from '@patternfly/react-core'
import { Table, Tbody, Td, Th, Thead, Tr } from '@patternfly/react-table'
import React, { useCallback, useEffect, useState } from 'react'
import { gateways, type Proposal } from './api'
import { useBoard, useSpeech } from './board'
import { same } from './difference'
import { valueAt, withValue } from './fields'
import { find, type Json, type Policy, type Service } from './rules'

const COLOURS = { PROPOSED: 'green', TOO_FEW: 'grey', MIXED: 'orange' } as const

const isSame = (one: Policy, other: Policy) => same(one as Json, other as Json)

/** What the calls of a service suggest; taking one over puts it into the draft, and publishing is still to be done. */
export const Proposals: React.FunctionComponent<{ id: string; service: Service }> = ({ id, service }) => {
  const { w, said } = useSpeech()
  const { mayPublish, drafting, rules } = useBoard()
  const [proposals, setProposals] = useState<Proposal[]>([])
  const [failure, setFailure] = useState<Error | null>(null)
  const p = w.proposals
  const ownership = service.access?.ownership
  const policies = ownership?.policies ?? []
  const subject = { kind: 'services', id } as const

  const load = useCallback(() => {
    setFailure(null)
    gateways.proposals(id).then(setProposals, setFailure)
  }, [id])
  useEffect(load, [load])

  const set = (path: string, value: Json) => {
    const entry = find(rules, subject)
    if (entry && valueAt(entry, 'access.ownership') != null) {
      drafting.edit(subject, withValue(entry, path, value))
    }
  }
  const take = (policy: Policy) => set('access.ownership.policies', [...policies, policy] as Json)
  return (
    <Card data-testid="tongmai-proposals">
      <CardTitle component="h3">{p.title}</CardTitle>
      <CardBody className="tongmai-stack">
        <p className="tongmai-quiet">{p.explanation}</p>
        {failure && <Alert variant="info" isInline isPlain title={said(failure)} />}
        {!failure && proposals.length === 0 && <p className="tongmai-quiet">{p.empty}</p>}
        {proposals.length > 0 && (
          <Table aria-label={p.title} variant="compact" className="tongmai-table">
            <Thead>
              <Tr>
                <Th>{p.policy}</Th>
                <Th>{p.system}</Th>
                <Th>{p.who}</Th>
                <Th>{p.standing}</Th>
                <Th modifier="wrap">{p.counts}</Th>
                <Th>{p.users}</Th>
                {mayPublish && <Th screenReaderText={p.take} />}
              </Tr>
            </Thead>
            <Tbody>
              {proposals.map(proposal => (
                <Row
                  key={JSON.stringify(proposal.policy)}
                  proposal={proposal}
                  isTaken={policies.some(policy => isSame(policy, proposal.policy))}
                  take={mayPublish ? () => take(proposal.policy) : null}
                />
              ))}
            </Tbody>
          </Table>
        )}
        <div className="tongmai-above">
          <Button variant="link" isInline onClick={load}>
            {p.refresh}
          </Button>
          {mayPublish && ownership?.mode === 'LEARN' && (
            <Button
              variant="secondary"
              size="sm"
              isDisabled={policies.length === 0}
              onClick={() => set('access.ownership.mode', 'ENFORCE')}
            >
              {p.enforce}
            </Button>
          )}
        </div>
      </CardBody>
    </Card>
  )
}

interface RowProps {
  proposal: Proposal
  isTaken: boolean
  take: (() => void) | null
}

const Row: React.FunctionComponent<RowProps> = ({ proposal, isTaken, take }) => {
  const { w, number } = useSpeech()
  const p = w.proposals
  const { policy, standing } = proposal
  const options: Record<string, string> = w.options
  return (
    <Tr>
      <Td dataLabel={p.policy}>
        {options[`access.ownership.policies.in.${policy.in ?? ''}`] ?? policy.in} <code>{policy.name}</code>
      </Td>
      <Td dataLabel={p.system}>{policy.system}</Td>
      <Td dataLabel={p.who}>{p.whose[policy.who ?? ''] ?? policy.who}</Td>
      <Td dataLabel={p.standing}>
        <Label color={COLOURS[standing]} isCompact data-standing={standing}>
          {p.standings[standing]}
        </Label>
      </Td>
      <Td dataLabel={p.counts}>
        {[proposal.calls, proposal.own, proposal.ward, proposal.foreign].map(number).join(' / ')}
      </Td>
      <Td dataLabel={p.users}>{number(proposal.users)}</Td>
      {take && (
        <Td>
          {isTaken ? (
            <span className="tongmai-quiet">{p.taken}</span>
          ) : (
            <Button variant="link" isInline onClick={take}>
              {p.take}
            </Button>
          )}
        </Td>
      )}
    </Tr>
  )
}
