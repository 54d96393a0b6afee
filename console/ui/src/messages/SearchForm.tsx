import {
  Button,
  Form,
  FormGroup,
  MenuToggle,
  Select,
  SelectList,
  SelectOption,
  TextInput,
} from '@patternfly/react-core'
import React, { useState } from 'react'
import { MESSAGE_STATES, type Filter, type MessageState } from '../api'
import { useLanguage } from '../language'

export const EVERYTHING: Filter = { patient: '', controlId: '', type: '', states: [], from: '', to: '' }

interface Props {
  onSearch: (filter: Filter) => void
}

/** The search: Enter in any field, or the button, starts it. */
export const SearchForm: React.FunctionComponent<Props> = ({ onSearch }) => {
  const { words } = useLanguage()
  const [filter, setFilter] = useState<Filter>(EVERYTHING)
  const change = (part: Partial<Filter>) => setFilter(current => ({ ...current, ...part }))

  const submit = (event: React.FormEvent) => {
    event.preventDefault()
    onSearch(filter)
  }
  const clear = () => {
    setFilter(EVERYTHING)
    onSearch(EVERYTHING)
  }

  return (
    <Form className="tongmai-search" onSubmit={submit} role="search" autoComplete="off">
      <Field id="patient" label={words.search.patient} hint={words.search.patientHint} filter={filter} change={change} />
      <Field
        id="controlId"
        label={words.search.controlId}
        hint={words.search.controlIdHint}
        filter={filter}
        change={change}
      />
      <Field id="type" label={words.search.type} hint={words.search.typeHint} filter={filter} change={change} />
      <FormGroup label={words.search.state} fieldId="tongmai-state">
        <StateChoice chosen={filter.states} choose={states => change({ states })} />
      </FormGroup>
      <Field id="from" label={words.search.from} filter={filter} change={change} />
      <Field id="to" label={words.search.to} filter={filter} change={change} />
      <div className="tongmai-search-buttons">
        <Button type="submit" variant="primary">
          {words.search.submit}
        </Button>
        <Button type="button" variant="link" onClick={clear}>
          {words.search.clear}
        </Button>
      </div>
    </Form>
  )
}

interface FieldProps {
  id: 'patient' | 'controlId' | 'type' | 'from' | 'to'
  label: string
  hint?: string
  filter: Filter
  change: (part: Partial<Filter>) => void
}

const Field: React.FunctionComponent<FieldProps> = ({ id, label, hint, filter, change }) => (
  <FormGroup label={label} fieldId={`tongmai-${id}`}>
    <TextInput
      id={`tongmai-${id}`}
      type={id === 'from' || id === 'to' ? 'datetime-local' : 'text'}
      value={filter[id]}
      placeholder={hint ?? ''}
      onChange={(_, value) => change({ [id]: value })}
    />
  </FormGroup>
)

interface StateChoiceProps {
  chosen: MessageState[]
  choose: (states: MessageState[]) => void
}

const StateChoice: React.FunctionComponent<StateChoiceProps> = ({ chosen, choose }) => {
  const { words } = useLanguage()
  const [isOpen, setOpen] = useState(false)
  const toggleState = (state: MessageState) =>
    choose(chosen.includes(state) ? chosen.filter(other => other !== state) : [...chosen, state])
  const text =
    chosen.length === 0
      ? words.search.allStates
      : chosen.length === 1
        ? words.messageState[chosen[0] as MessageState]
        : words.search.someStates(chosen.length)

  return (
    <Select
      isOpen={isOpen}
      selected={chosen}
      onOpenChange={setOpen}
      onSelect={(_, value) => toggleState(value as MessageState)}
      toggle={ref => (
        <MenuToggle id="tongmai-state" ref={ref} isExpanded={isOpen} isFullWidth onClick={() => setOpen(!isOpen)}>
          {text}
        </MenuToggle>
      )}
    >
      <SelectList>
        {MESSAGE_STATES.map(state => (
          <SelectOption key={state} value={state} hasCheckbox isSelected={chosen.includes(state)}>
            {words.messageState[state]}
          </SelectOption>
        ))}
      </SelectList>
    </Select>
  )
}
