import { Card, CardBody, CardTitle } from '@patternfly/react-core'
import { Table, Tbody, Td, Th, Thead, Tr } from '@patternfly/react-table'
import React from 'react'
import { useBoard, useSpeech } from './board'
import { nodeState } from './nodes'
import { Publications } from './Publications'
import { NodeStateLabel } from './States'

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
  const { seen } = useBoard()
  const { nodes, publications, at } = seen
  if (nodes.length === 0) {
    return <p className="tongmai-quiet">{w.nodes.empty}</p>
  }
  return (
    <div className="tongmai-scroll">
      <Table aria-label={w.nodes.caption} variant="compact" className="tongmai-table">
        <Thead>
          <Tr>
            <Th>{w.nodes.node}</Th>
            <Th>{w.nodes.state}</Th>
            <Th>{w.nodes.revision}</Th>
            <Th>{w.nodes.published}</Th>
            <Th>{w.nodes.digest}</Th>
            <Th>{w.nodes.appliedAt}</Th>
            <Th>{w.nodes.seenAt}</Th>
          </Tr>
        </Thead>
        <Tbody>
          {nodes.map(node => {
            const publication = publications.find(each => each.revision === node.revision)
            const silence = Math.max(0, Math.round((at - Date.parse(node.seenAt)) / 1000))
            return (
              <React.Fragment key={node.node}>
                <Tr data-node={node.node}>
                  <Td dataLabel={w.nodes.node}>{node.node}</Td>
                  <Td dataLabel={w.nodes.state}>
                    <NodeStateLabel state={nodeState(node, publications, at)} />
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
                </Tr>
                {node.problem !== '' && (
                  <Tr>
                    <Td colSpan={7} className="tongmai-wrap">
                      <p className="tongmai-cause">
                        {w.nodes.problem} · {node.problem}
                      </p>
                    </Td>
                  </Tr>
                )}
              </React.Fragment>
            )
          })}
        </Tbody>
      </Table>
    </div>
  )
}

/** The first digits, which tell two apart; all of them when pointed at. */
export const Digest: React.FunctionComponent<{ digest: string }> = ({ digest }) => (
  <code title={digest}>{digest.slice(0, 12)}</code>
)
