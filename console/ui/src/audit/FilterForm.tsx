import { Button, Form, FormGroup, FormSelect, FormSelectOption, FormSelectOptionGroup, TextInput } from '@patternfly/react-core'
import React, { useState } from 'react'
import type { Act, AuditKind } from './api'
import { ANYTHING, type Filter } from './audit'
import { useSpeech } from './speech'

const KINDS: readonly AuditKind[] = ['ADMINISTRATION', 'CALL']
/** What an outcome often is, besides the codes. */
const OUTCOMES = ['begun', 'done', 'refused', '200', '204', '400', '401', '403', '404', '409', '429', '500', '503']

interface Props {
  start: Filter
  acts: Act[]
  onSearch: (filter: Filter) => void
}

/** The search: Enter in any field, or the button, starts it. */
export const FilterForm: React.FunctionComponent<Props> = ({ start, acts, onSearch }) => {
  const { w } = useSpeech()
  const [filter, setFilter] = useState<Filter>(start)
  const change = (part: Partial<Filter>) => setFilter(now => ({ ...now, ...part }))
  const field = { filter, change }
  const clear = () => {
    setFilter(ANYTHING)
    onSearch(ANYTHING)
  }
  return (
    <Form
      className="tongmai-search"
      role="search"
      autoComplete="off"
      onSubmit={event => {
        event.preventDefault()
        onSearch(filter)
      }}
    >
      <Field {...field} id="from" label={w.search.from} type="datetime-local" />
      <Field {...field} id="to" label={w.search.to} type="datetime-local" />
      <FormGroup label={w.kindTitle} fieldId="tongmai-audit-kind">
        <FormSelect
          id="tongmai-audit-kind"
          value={filter.kind}
          onChange={(_, kind) => change({ kind: kind as Filter['kind'] })}
        >
          <FormSelectOption value="" label={w.all} />
          {KINDS.map(kind => (
            <FormSelectOption key={kind} value={kind} label={w.kind[kind]} />
          ))}
        </FormSelect>
      </FormGroup>
      <FormGroup label={w.act} fieldId="tongmai-audit-act">
        <ActChoice acts={acts} chosen={filter.act} choose={act => change({ act })} />
      </FormGroup>
      <Field {...field} id="actor" label={w.actor} hint={w.search.actorHint} />
      <Field {...field} id="object" label={w.object} hint={w.search.objectHint} />
      <Field {...field} id="outcome" label={w.outcome} hint={w.search.outcomeHint} list="tongmai-audit-outcomes" />
      <Field {...field} id="address" label={w.address} hint={w.search.addressHint} />
      <Field {...field} id="trace" label={w.trace} hint={w.search.traceHint} />
      <div className="tongmai-search-buttons">
        <Button type="submit" variant="primary">
          {w.search.submit}
        </Button>
        <Button type="button" variant="link" onClick={clear}>
          {w.search.clear}
        </Button>
      </div>
      <p className="tongmai-quiet tongmai-small tongmai-audit-about">{w.search.about}</p>
      <datalist id="tongmai-audit-outcomes">
        {OUTCOMES.map(outcome => (
          <option key={outcome} value={outcome} />
        ))}
      </datalist>
    </Form>
  )
}

const ActChoice: React.FunctionComponent<{ acts: Act[]; chosen: string; choose: (act: string) => void }> = ({
  acts,
  chosen,
  choose,
}) => {
  const { w, called } = useSpeech()
  return (
    <FormSelect id="tongmai-audit-act" value={chosen} onChange={(_, act) => choose(act)}>
      <FormSelectOption value="" label={w.all} />
      {KINDS.map(kind => (
        <FormSelectOptionGroup key={kind} label={w.kind[kind]}>
          {acts
            .filter(act => act.kind === kind)
            .map(act => (
              <FormSelectOption key={act.name} value={act.name} label={`${called(act)} · ${act.name}`} />
            ))}
        </FormSelectOptionGroup>
      ))}
    </FormSelect>
  )
}

interface FieldProps {
  id: Exclude<keyof Filter, 'kind' | 'act'>
  label: string
  filter: Filter
  change: (part: Partial<Filter>) => void
  hint?: string
  type?: 'text' | 'datetime-local'
  list?: string
}

const Field: React.FunctionComponent<FieldProps> = ({ id, label, filter, change, hint = '', type = 'text', list }) => (
  <FormGroup label={label} fieldId={`tongmai-audit-${id}`}>
    <TextInput
      id={`tongmai-audit-${id}`}
      type={type}
      value={filter[id]}
      placeholder={hint}
      list={list}
      onChange={(_, value) => change({ [id]: value })}
    />
  </FormGroup>
)
