import {
  Checkbox,
  FormGroup,
  FormHelperText,
  FormSelect,
  FormSelectOption,
  HelperText,
  HelperTextItem,
  TextArea,
  TextInput,
} from '@patternfly/react-core'
import React, { useState } from 'react'
import type { Found } from '../api'
import { useBoard, useSpeech } from './board'
import { amounts } from './durations'
import { optionsOf, type Field } from './fields'
import { detailOf } from './places'
import type { Json } from './rules'
import { FoundText } from './States'
import { linesOfMap, mapOfLines } from './transports'

export interface InputProps {
  field: Field
  value: Json | undefined
  errors: Found[]
  isDisabled: boolean
  change: (value: Json | undefined) => void
  /** Of choices: those that count, and whether they do by default. */
  chosen?: string[]
  isDefault?: boolean
}

export const idOf = (path: string) => `tongmai-field-${path.replace(/[^A-Za-z0-9]/g, '-')}`

/** What is wrong with a field, as the server said. */
export const Errors: React.FunctionComponent<{ errors: Found[] }> = ({ errors }) =>
  errors.length === 0 ? null : (
    <FormHelperText>
      <HelperText>
        {errors.map((error, index) => (
          <HelperTextItem key={index} variant="error" data-violation={error.location}>
            <FoundText error={error} {...detailOf(error.detail)} />
          </HelperTextItem>
        ))}
      </HelperText>
    </FormHelperText>
  )

/** One value of an entry with its label. */
export const FieldInput: React.FunctionComponent<InputProps> = props => {
  const { w } = useSpeech()
  const { field, errors } = props
  const labels: Record<string, string> = w.fields
  const label = labels[field.path] ?? field.path
  const isWide = field.type === 'choices' || field.type === 'long'
  return (
    <FormGroup
      label={label}
      fieldId={idOf(field.path)}
      role={field.type === 'choices' ? 'group' : undefined}
      className={isWide ? 'tongmai-wide' : ''}
      data-field={field.path}
    >
      <Control {...props} id={idOf(field.path)} label={label} />
      {field.type === 'duration' && <DurationWords value={props.value} />}
      <Errors errors={errors} />
    </FormGroup>
  )
}

const DurationWords: React.FunctionComponent<{ value: Json | undefined }> = ({ value }) => {
  const { w } = useSpeech()
  if (value == null || value === '') {
    return null
  }
  const parts = amounts(String(value))
  return (
    <FormHelperText>
      <HelperText>
        <HelperTextItem variant={parts ? 'default' : 'warning'}>
          {parts ? w.editor.seconds(w.duration(parts)) : w.editor.notDuration}
        </HelperTextItem>
      </HelperText>
    </FormHelperText>
  )
}

/** An object that may be absent. */
export const PartInput: React.FunctionComponent<InputProps> = ({ field, value, errors, isDisabled, change }) => {
  const { w } = useSpeech()
  const labels: Record<string, string> = w.fields
  return (
    <div className="tongmai-part" data-field={field.path}>
      <Checkbox
        id={`${idOf(field.path)}-part`}
        label={labels[field.path] ?? field.path}
        isChecked={value != null}
        isDisabled={isDisabled}
        onChange={(_, isChecked) => change(isChecked ? (field.made ?? {}) : undefined)}
      />
      <Errors errors={errors} />
    </div>
  )
}

/** The input itself, also in a row, where the label is that of the column. */
export const Control: React.FunctionComponent<InputProps & { id: string; label: string }> = props => {
  const { field, value, errors, isDisabled, change, id, label } = props
  const validated = errors.length > 0 ? 'error' : 'default'
  switch (field.type) {
    case 'choice':
      return <Choice {...props} />
    case 'choices':
      return <Choices {...props} />
    case 'lines':
      return <Lines {...props} />
    case 'numbers':
      return <Lines {...props} change={lines => change((lines as string[]).map(numberIn))} />
    case 'texts':
      return <Texts {...props} />
    case 'long':
      return (
        <TextArea
          id={id}
          aria-label={label}
          rows={3}
          spellCheck={false}
          value={String(value ?? '')}
          isDisabled={isDisabled}
          validated={validated}
          onChange={(_, text) => change(text)}
        />
      )
    case 'number':
      return (
        <TextInput
          id={id}
          aria-label={label}
          type="number"
          value={value == null ? '' : String(value)}
          isDisabled={isDisabled}
          validated={validated}
          onChange={(_, text) => change(text === '' ? undefined : Number(text))}
        />
      )
    default:
      return (
        <TextInput
          id={id}
          aria-label={label}
          value={String(value ?? '')}
          isDisabled={isDisabled}
          validated={validated}
          onChange={(_, text) => change(text === '' && (field.type === 'duration' || field.type === 'word') ? undefined : text)}
        />
      )
  }
}

type ControlProps = InputProps & { id: string; label: string }

const Choice: React.FunctionComponent<ControlProps> = ({ field, value, errors, isDisabled, change, id, label }) => {
  const { w } = useSpeech()
  const { rules, seen } = useBoard()
  const words: Record<string, string> = w.options
  const options = optionsOf(field, rules, seen.transports)
  const now = String(value ?? '')
  const nothing = field.isOptional ? w.none : field.options ? w.editor.byDefault : w.editor.choose
  return (
    <FormSelect
      id={id}
      aria-label={label}
      value={now}
      isDisabled={isDisabled}
      validated={errors.length > 0 ? 'error' : 'default'}
      onChange={(_, chosen) => change(chosen === '' ? undefined : chosen)}
    >
      {(now === '' || field.isOptional) && <FormSelectOption value="" label={nothing} />}
      {now !== '' && !options.includes(now) && <FormSelectOption value={now} label={w.editor.unknown(now)} />}
      {options.map(option => (
        <FormSelectOption key={option} value={option} label={words[`${field.path}.${option}`] ?? option} />
      ))}
    </FormSelect>
  )
}

const Choices: React.FunctionComponent<ControlProps> = ({ field, chosen = [], isDefault, isDisabled, change, id }) => {
  const { w } = useSpeech()
  const words: Record<string, string> = w.options
  const options = [...new Set([...(field.options ?? []), ...chosen])]
  // The first change writes the whole set: one option alone would switch the others of the default off.
  const toggle = (option: string, isChecked: boolean) =>
    change(isChecked ? [...chosen, option] : chosen.filter(each => each !== option))
  return (
    <div className="tongmai-choices">
      {options.map(option => (
        <Checkbox
          key={option}
          id={`${id}-${option}`}
          label={words[`${field.path}.${option}`] ?? option}
          isChecked={chosen.includes(option)}
          isDisabled={isDisabled}
          onChange={(_, isChecked) => toggle(option, isChecked)}
        />
      ))}
      {isDefault && <span className="tongmai-quiet">{w.editor.byDefault}</span>}
    </div>
  )
}

/** A map, a name and its value a line; what is being typed is kept as it is typed. */
const Texts: React.FunctionComponent<ControlProps> = ({ value, errors, isDisabled, change, id, label }) => {
  const { w } = useSpeech()
  const given = linesOfMap(value)
  const [typed, setTyped] = useState(given)
  const text = linesOfMap(mapOfLines(typed)) === given ? typed : given
  return (
    <TextArea
      id={id}
      aria-label={label}
      rows={3}
      placeholder={w.editor.texts}
      spellCheck={false}
      value={text}
      isDisabled={isDisabled}
      validated={errors.length > 0 ? 'error' : 'default'}
      onChange={(_, next) => {
        setTyped(next)
        const map = mapOfLines(next)
        change(Object.keys(map).length === 0 ? undefined : map)
      }}
    />
  )
}

const linesOf = (text: string) =>
  text
    .split('\n')
    .map(line => line.trim())
    .filter(line => line !== '')

/** What is no number stays as it is written, so that it is told. */
const numberIn = (line: string): Json => (/^[0-9]+$/.test(line) ? Number(line) : line)

/** One text a line; what is being typed is kept as it is typed. */
const Lines: React.FunctionComponent<ControlProps> = ({ value, errors, isDisabled, change, id, label }) => {
  const { w } = useSpeech()
  const given = Array.isArray(value) ? value.map(String) : []
  const [typed, setTyped] = useState(given.join('\n'))
  const text = linesOf(typed).join('\n') === given.join('\n') ? typed : given.join('\n')
  return (
    <TextArea
      id={id}
      aria-label={label}
      rows={Math.min(6, Math.max(2, given.length + 1))}
      placeholder={w.editor.lines}
      spellCheck={false}
      value={text}
      isDisabled={isDisabled}
      validated={errors.length > 0 ? 'error' : 'default'}
      onChange={(_, next) => {
        setTyped(next)
        change(linesOf(next))
      }}
    />
  )
}
