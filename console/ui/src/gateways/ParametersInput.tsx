import { FormSelect, FormSelectOption, TextInput } from '@patternfly/react-core'
import { Table, Tbody, Td, Th, Thead, Tr } from '@patternfly/react-table'
import React from 'react'
import { useBoard, useSpeech } from './board'
import { Errors, idOf, type InputProps } from './FieldInput'
import { valueAt } from './fields'
import type { JsonObject } from './rules'
import { kindOf, parameterRows, purpose, templatesOf, type ParameterRow } from './transports'

/** The parameters that a kind of transport has, one a row, as its template says what each is for. */
export const ParametersInput: React.FunctionComponent<InputProps & { entry: JsonObject }> = props => {
  const { w } = useSpeech()
  const { seen } = useBoard()
  const { field, value, errors, isDisabled, change, entry } = props
  const labels: Record<string, string> = w.fields
  const label = labels[field.path] ?? field.path
  const p = w.parameters
  const at = kindOf(field.path)
  const template = templatesOf(at, seen.transports).find(({ kind }) => kind === valueAt(entry, at))
  const rows = parameterRows(template, value)
  const set = (name: string, text: string) => {
    const { [name]: _, ...others } = (value ?? {}) as JsonObject
    change(text === '' ? others : { ...others, [name]: text })
  }
  return (
    <fieldset className="tongmai-wide tongmai-rows" data-field={field.path}>
      <legend>{label}</legend>
      <p className="tongmai-quiet">{template ? purpose(w.transports, at, template.kind, { description: template.description }) : p.noKind}</p>
      {rows.length > 0 && (
        <div className="tongmai-scroll">
          <Table aria-label={label} variant="compact" borders={false} className="tongmai-table">
            <Thead>
              <Tr>
                <Th>{p.name}</Th>
                <Th>{p.value}</Th>
                <Th>{p.default}</Th>
                <Th>{p.description}</Th>
              </Tr>
            </Thead>
            <Tbody>
              {rows.map(row => (
                <Tr key={row.name} data-parameter={row.name}>
                  <Td dataLabel={p.name}>
                    <code>{row.name}</code>
                  </Td>
                  <Td dataLabel={p.value}>
                    <ValueInput
                      id={idOf(`${field.path}-${row.name}`)}
                      row={row}
                      isDisabled={isDisabled}
                      change={text => set(row.name, text)}
                    />
                  </Td>
                  <Td dataLabel={p.default}>{row.defaultValue ?? <strong>{p.required}</strong>}</Td>
                  <Td dataLabel={p.description} className="tongmai-wrap">
                    {row.isKnown && template ? purpose(w.transports, at, template.kind, row) : <span className="tongmai-bad">{p.unknown}</span>}
                  </Td>
                </Tr>
              ))}
            </Tbody>
          </Table>
        </div>
      )}
      <Errors errors={errors} />
    </fieldset>
  )
}

interface ValueProps {
  id: string
  row: ParameterRow
  isDisabled: boolean
  change: (text: string) => void
}

const ValueInput: React.FunctionComponent<ValueProps> = ({ id, row, isDisabled, change }) => {
  const { w } = useSpeech()
  if (row.values.length === 0) {
    return (
      <TextInput
        id={id}
        aria-label={row.name}
        value={row.value}
        placeholder={row.defaultValue ?? ''}
        isDisabled={isDisabled}
        validated={row.isMissing ? 'warning' : 'default'}
        onChange={(_, text) => change(text)}
      />
    )
  }
  return (
    <FormSelect id={id} aria-label={row.name} value={row.value} isDisabled={isDisabled} onChange={(_, text) => change(text)}>
      <FormSelectOption value="" label={w.editor.byDefault} />
      {row.value !== '' && !row.values.includes(row.value) && (
        <FormSelectOption value={row.value} label={w.editor.unknown(row.value)} />
      )}
      {row.values.map(value => (
        <FormSelectOption key={value} value={value} label={value} />
      ))}
    </FormSelect>
  )
}
