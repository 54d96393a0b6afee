import {
  Alert,
  Breadcrumb,
  BreadcrumbItem,
  Button,
  EmptyState,
  TextArea,
  Title,
  ToggleGroup,
  ToggleGroupItem,
} from '@patternfly/react-core'
import React, { useState } from 'react'
import type { Found } from '../api'
import { useBoard, useSpeech } from './board'
import { FieldsForm } from './FieldsForm'
import { FORMS } from './fields'
import { detailOf, fieldFor, placeOf } from './places'
import { find, isByGateway, parse, type JsonObject, type Kind, type Subject } from './rules'
import { misshapen } from './shape'
import { DraftMarks, FoundText } from './States'

/** Changes one entry in the draft, by a form or as JSON; what the server found wrong stands at its field. */
export const EntryEditor: React.FunctionComponent<{ subject: Subject }> = ({ subject }) => {
  const { w } = useSpeech()
  const { rules, drafting, spot, go } = useBoard()
  const [isJson, setJson] = useState(false)
  const [reverts, setReverts] = useState(0)
  const entry = find(rules, subject)
  const { wrong, edit } = useEntry(subject)
  const fields = FORMS[subject.kind].flatMap(section => section.fields.map(field => field.path))
  const elsewhere = wrong.filter(({ path }) => isJson || fieldFor(path, fields) === null)
  const name = isByGateway(subject.kind) ? (w.gateway[subject.id as 'BUS'] ?? subject.id) : subject.id
  const isService = subject.kind === 'services'
  const done = () => go(isService && entry ? { edits: false } : { subject: null, edits: false })

  return (
    <div data-testid="tongmai-editor" className="tongmai-stack">
      <Breadcrumb>
        <BreadcrumbItem>
          <Button variant="link" isInline onClick={() => go({ subject: null, edits: false })}>
            {w.tabs[spot.tab]}
          </Button>
        </BreadcrumbItem>
        <BreadcrumbItem isActive>{name}</BreadcrumbItem>
      </Breadcrumb>
      <div className="tongmai-draft-line">
        <Title headingLevel="h2">
          {w.kind[subject.kind]} {name}
        </Title>
        <DraftMarks subject={subject} />
        <span className="tongmai-paging-gap" />
        <ToggleGroup aria-label={w.editor.mode}>
          <ToggleGroupItem
            text={w.editor.form}
            buttonId="tongmai-as-form"
            isSelected={!isJson}
            onChange={() => setJson(false)}
          />
          <ToggleGroupItem
            text={w.editor.json}
            buttonId="tongmai-as-json"
            isSelected={isJson}
            onChange={() => setJson(true)}
          />
        </ToggleGroup>
        <Buttons
          subject={subject}
          entry={entry}
          edit={value => {
            edit(value, null)
            setReverts(reverts + 1)
          }}
        />
        <Button variant="primary" onClick={done}>
          {w.editor.done}
        </Button>
      </div>
      {drafting.draft?.problem != null && (
        <Alert variant="danger" isInline title={w.rules.invalid(drafting.draft.problem)} />
      )}
      {elsewhere.map(({ error, path }, index) => (
        <Alert key={index} variant="danger" isInline title={path === '' ? w.kind[subject.kind] : path}>
          <FoundText error={error} {...detailOf(error.detail)} />
        </Alert>
      ))}
      {!entry && <EmptyState titleText={w.editor.removed} headingLevel="h3" variant="sm" />}
      {entry && !isJson && (
        <FieldsForm
          kind={subject.kind}
          entry={entry}
          wrong={wrong}
          isDisabled={drafting.draft?.problem != null}
          change={edit}
        />
      )}
      {entry && isJson && (
        <JsonForm key={reverts} kind={subject.kind} entry={entry} change={value => edit(value, null)} />
      )}
    </div>
  )
}

/** What is wrong at which member, and a way to change the entry that forgets what was wrong where it changes. */
function useEntry(subject: Subject) {
  const { rules, drafting, refused, setRefused } = useBoard()
  const isHere = (error: Found) => {
    const place = placeOf(error, rules)
    return place?.kind === subject.kind && place.id === subject.id ? place : null
  }
  const wrong = (refused?.errors ?? []).flatMap(error => {
    const place = isHere(error)
    return place ? [{ error, path: place.path }] : []
  })
  /** @param path what changed; null for anything */
  const edit = (value: JsonObject | null, path: string | null) => {
    drafting.edit(subject, value)
    if (refused) {
      const errors = refused.errors.filter(error => {
        const place = isHere(error)
        const isTouched = path === null || (place !== null && fieldFor(place.path, [path]) === path)
        return place === null || !isTouched
      })
      setRefused({ ...refused, errors })
    }
  }
  return { wrong, edit }
}

interface ButtonsProps {
  subject: Subject
  entry: JsonObject | undefined
  edit: (value: JsonObject | null) => void
}

const Buttons: React.FunctionComponent<ButtonsProps> = ({ subject, entry, edit }) => {
  const { w } = useSpeech()
  const { drafting } = useBoard()
  const { draft } = drafting
  const before = draft ? find(draft.base.rules, subject) : entry
  return (
    <>
      {before && before !== entry && (
        <Button variant="link" onClick={() => edit(before)}>
          {w.editor.revert}
        </Button>
      )}
      {entry && (
        <Button variant="link" isDanger onClick={() => edit(null)}>
          {w.editor.remove}
        </Button>
      )}
    </>
  )
}

interface JsonFormProps {
  kind: Kind
  entry: JsonObject
  change: (entry: JsonObject) => void
}

const JsonForm: React.FunctionComponent<JsonFormProps> = ({ kind, entry, change }) => {
  const { w } = useSpeech()
  const [text, setText] = useState(() => JSON.stringify(entry, null, 2))
  const [problem, setProblem] = useState<string | null>(null)
  const type = (value: string) => {
    setText(value)
    const { rules: read, problem: wrong } = parse(value)
    // Under another id it would be another entry.
    const isOther = read !== null && (read as JsonObject).id !== entry.id
    const shape = read === null ? wrong : misshapen(kind, read as JsonObject, kind)
    setProblem(isOther ? `id ≠ ${String(entry.id)}` : shape)
    if (read !== null && !isOther && shape === null) {
      change(read as JsonObject)
    }
  }
  return (
    <>
      {problem !== null && <Alert variant="danger" isInline title={w.rules.invalid(problem)} />}
      <TextArea
        id="tongmai-entry-json"
        aria-label={w.editor.json}
        className="tongmai-document"
        rows={26}
        spellCheck={false}
        validated={problem !== null ? 'error' : 'default'}
        value={text}
        onChange={(_, value) => type(value)}
      />
    </>
  )
}
