import { Button } from '@patternfly/react-core'
import { Table, Tbody, Td, Th, Thead, Tr } from '@patternfly/react-table'
import React from 'react'
import { useSpeech } from './board'
import { Control, Errors, idOf, type InputProps } from './FieldInput'
import { withValue, type Field } from './fields'
import type { JsonObject } from './rules'

/** A list of objects, one a row. What a row has besides its columns stays. */
export const RowsInput: React.FunctionComponent<InputProps> = ({ field, value, errors, isDisabled, change }) => {
  const { w } = useSpeech()
  const labels: Record<string, string> = w.fields
  const rows = Array.isArray(value) ? (value as JsonObject[]) : []
  const columns = field.rows ?? []
  const label = labels[field.path] ?? field.path
  const changeRow = (index: number, row: JsonObject) => change(rows.map((each, i) => (i === index ? row : each)))
  return (
    <fieldset className="tongmai-wide tongmai-rows" data-field={field.path}>
      <legend>{label}</legend>
      {rows.length > 0 && (
        <div className="tongmai-scroll">
          <Table aria-label={label} variant="compact" borders={false} className="tongmai-table">
            <Thead>
              <Tr>
                {columns.map(column => (
                  <Th key={column.path}>{labels[`${field.path}.${column.path}`] ?? column.path}</Th>
                ))}
                <Th screenReaderText={w.remove} />
              </Tr>
            </Thead>
            <Tbody>
              {rows.map((row, index) => (
                <Tr key={index}>
                  {columns.map(column => (
                    <Td key={column.path} dataLabel={labels[`${field.path}.${column.path}`] ?? column.path}>
                      <Cell
                        parent={field.path}
                        column={column}
                        index={index}
                        row={row}
                        isDisabled={isDisabled}
                        change={next => changeRow(index, next)}
                      />
                    </Td>
                  ))}
                  <Td>
                    <Button
                      variant="link"
                      isInline
                      isDisabled={isDisabled}
                      aria-label={w.removeRow(index + 1)}
                      onClick={() => change(rows.filter((_, i) => i !== index))}
                    >
                      {w.remove}
                    </Button>
                  </Td>
                </Tr>
              ))}
            </Tbody>
          </Table>
        </div>
      )}
      <Errors errors={errors} />
      <Button variant="link" isInline isDisabled={isDisabled} onClick={() => change([...rows, {}])}>
        {w.addRow}
      </Button>
    </fieldset>
  )
}

interface CellProps {
  parent: string
  column: Field
  index: number
  row: JsonObject
  isDisabled: boolean
  change: (row: JsonObject) => void
}

const Cell: React.FunctionComponent<CellProps> = ({ parent, column, index, row, isDisabled, change }) => {
  const { w } = useSpeech()
  const labels: Record<string, string> = w.fields
  const path = `${parent}.${column.path}`
  return (
    <Control
      field={{ ...column, path }}
      id={idOf(`${path}-${index}`)}
      label={`${labels[path] ?? path} ${index + 1}`}
      value={row[column.path]}
      errors={[]}
      isDisabled={isDisabled}
      // An empty text and none are alike in a row; null would be neither.
      change={value => change(withValue(row, column.path, value === '' ? undefined : value))}
    />
  )
}
