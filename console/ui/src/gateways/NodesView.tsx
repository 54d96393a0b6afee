import { Button, Card, CardBody, CardTitle } from '@patternfly/react-core'
import { Td, Tr } from '@patternfly/react-table'
import React from 'react'
import { DataTable } from '../DataTable'
import { useBoard, useSpeech } from './board'
import { begin } from './fields'
import { nodeState } from './nodes'
import { Publications } from './Publications'
import { find } from './rules'
import { ActiveLabel, DraftMarks, GatewayLabels, NodeStateLabel } from './States'

/** Which nodes there are, what each runs, and what was published. */
export const NodesView: React.FunctionComponent = () => {
  const { w } = useSpeech()
  return (
    <>
      <Card>
        <CardTitle component="h2">{w.nodes.caption}</CardTitle>
        <CardBody>
          <Nodes />
        </CardBody>
      </Card>
      <Publications />
    </>
  )
}

const Nodes: React.FunctionComponent = () => {
  const { w, time } = useSpeech()
  const { seen, mayPublish } = useBoard()
  const { nodes, publications, at } = seen
  if (nodes.length === 0) {
    return <p className="tongmai-quiet">{w.nodes.empty}</p>
  }
  return (
    <div className="tongmai-scroll">
      <DataTable
        caption={w.nodes.caption}
        heads={[
          w.nodes.node,
          w.nodes.state,
          w.nodes.revision,
          w.nodes.published,
          w.nodes.digest,
          w.nodes.appliedAt,
          w.nodes.seenAt,
          w.nodes.domains,
          w.nodes.doors,
        ]}
        act={mayPublish && w.edit}
      >
        {nodes.map(node => {
          const publication = publications.find(each => each.revision === node.revision)
          const silence = Math.max(0, Math.round((at - Date.parse(node.seenAt)) / 1000))
          return (
            <React.Fragment key={node.node}>
              <Tr data-node={node.node}>
                <Td dataLabel={w.nodes.node}>{node.node}</Td>
                <Td dataLabel={w.nodes.state}>
                  <span className="tongmai-labels">
                    <NodeStateLabel state={nodeState(node, publications, at)} />
                    {node.state === 'SUSPENDED' && <ActiveLabel state={node.state} />}
                    <DraftMarks subject={{ kind: 'nodes', id: node.node }} />
                  </span>
                </Td>
                <Td dataLabel={w.nodes.revision}>{w.summary.revision(node.revision)}</Td>
                <Td dataLabel={w.nodes.published}>
                  {publication && w.summary.publishedBy(publication.by, time(publication.at))}
                </Td>
                <Td dataLabel={w.nodes.digest}>
                  <Digest digest={node.digest} />
                </Td>
                <Td dataLabel={w.nodes.appliedAt}>{time(node.appliedAt)}</Td>
                <Td dataLabel={w.nodes.seenAt}>{w.nodes.ago(silence)}</Td>
                <Td dataLabel={w.nodes.domains}>{w.list(node.domains) || w.nodes.allDomains}</Td>
                <Td dataLabel={w.nodes.doors}>
                  {node.doors.length > 0 ? <GatewayLabels gateways={node.doors} /> : w.none}
                </Td>
                {mayPublish && (
                  <Td>
                    <EditNode id={node.node} />
                  </Td>
                )}
              </Tr>
              {node.problem !== '' && (
                <Tr>
                  <Td colSpan={mayPublish ? 10 : 9} className="tongmai-wrap">
                    <p className="tongmai-cause">
                      {w.nodes.problem} · {node.problem}
                    </p>
                  </Td>
                </Tr>
              )}
            </React.Fragment>
          )
        })}
      </DataTable>
    </div>
  )
}

/** What the rules say of a node, begun where they say nothing yet. */
const EditNode: React.FunctionComponent<{ id: string }> = ({ id }) => {
  const { w } = useSpeech()
  const { rules, drafting, go } = useBoard()
  const subject = { kind: 'nodes', id } as const
  const edit = () => {
    if (!find(rules, subject)) {
      drafting.edit(subject, begin('nodes', id))
    }
    go({ subject, edits: true })
  }
  return (
    <Button
      variant="link"
      isInline
      onClick={edit}
      aria-label={`${w.edit} ${id}`}
      isDisabled={drafting.draft?.problem != null}
    >
      {w.edit}
    </Button>
  )
}

/** The first digits, which tell two apart; all of them when pointed at. */
export const Digest: React.FunctionComponent<{ digest: string }> = ({ digest }) => (
  <code title={digest}>{digest.slice(0, 12)}</code>
)
