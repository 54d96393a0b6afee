import { Table, Tbody, Th, Thead, Tr } from '@patternfly/react-table'
import React from 'react'

interface Columns {
  caption: string
  heads: string[]
  /** What the buttons in a last column do, heard but not seen; no such column without it. */
  act?: string | false
  className?: string
  children: React.ReactNode
}

/** A table with a heading for each column; the rows are the caller's. */
export const DataTable: React.FunctionComponent<Columns> = ({ caption, heads, act, className, children }) => (
  <Table aria-label={caption} variant="compact" className={['tongmai-table', className].filter(Boolean).join(' ')}>
    <Thead>
      <Tr>
        {heads.map(head => (
          <Th key={head}>{head}</Th>
        ))}
        {act && <Th screenReaderText={act} />}
      </Tr>
    </Thead>
    <Tbody>{children}</Tbody>
  </Table>
)
