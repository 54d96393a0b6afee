import { Card, CardBody, CardTitle, Form } from '@patternfly/react-core'
import React from 'react'
import type { Found } from '../api'
import { useSpeech } from './board'
import { FieldInput, PartInput } from './FieldInput'
import { chosenOf, FORMS, valueAt, withValue, type Field, type Section } from './fields'
import { ParametersInput } from './ParametersInput'
import { fieldFor } from './places'
import { RowsInput } from './RowsInput'
import type { Json, JsonObject, Kind } from './rules'

/** Something wrong at a member. */
export interface Wrong {
  error: Found
  path: string
}

interface Props {
  kind: Kind
  entry: JsonObject
  wrong: Wrong[]
  isDisabled: boolean
  change: (entry: JsonObject, path: string) => void
}

/** The form of an entry as its table says; a part that is absent hides its fields. */
export const FieldsForm: React.FunctionComponent<Props> = props => (
  <Form className="tongmai-form" onSubmit={event => event.preventDefault()} autoComplete="off">
    {FORMS[props.kind].map(section => (
      <SectionCard key={section.name} section={section} {...props} />
    ))}
  </Form>
)

const SectionCard: React.FunctionComponent<Props & { section: Section }> = ({ section, ...props }) => {
  const { w } = useSpeech()
  const { entry } = props
  const absent = section.fields.filter(field => field.type === 'part' && valueAt(entry, field.path) == null)
  const shown = section.fields.filter(
    field => field.type === 'part' || !absent.some(({ path }) => `${field.path}.`.startsWith(`${path}.`)),
  )
  return (
    <Card>
      <CardTitle component="h3">{w.editor.section[section.name]}</CardTitle>
      <CardBody className="tongmai-fields">
        {shown.map(field => (
          <OneField key={`${field.type} ${field.path}`} field={field} {...props} />
        ))}
      </CardBody>
    </Card>
  )
}

const OneField: React.FunctionComponent<Props & { field: Field }> = ({ field, kind, entry, wrong, isDisabled, change }) => {
  const fields = FORMS[kind].flatMap(section => section.fields.map(each => each.path))
  const errors = wrong.filter(({ path }) => fieldFor(path, fields) === field.path).map(({ error }) => error)
  const input = {
    field,
    value: valueAt(entry, field.path),
    // A member with parts of its own says what is wrong with them where the parts are.
    errors: field.type === 'part' && field.path === 'content.fields' ? [] : errors,
    isDisabled,
    change: (value: Json | undefined) => change(withValue(entry, field.path, value), field.path),
  }
  switch (field.type) {
    case 'part':
      return <PartInput {...input} />
    case 'rows':
      return <RowsInput {...input} />
    case 'parameters':
      return <ParametersInput {...input} entry={entry} />
    case 'choices':
      return <FieldInput {...input} {...chosenOf(field, entry)} />
    default:
      return <FieldInput {...input} />
  }
}
