import { Button, Form, FormGroup, FormHelperText, HelperText, HelperTextItem, TextInput } from '@patternfly/react-core'
import React, { useState } from 'react'
import { useBoard, useSpeech } from './board'
import { begin } from './fields'
import { find, type Kind } from './rules'
import { Question } from '../Question'

/** Begins a new entry in the draft, and opens it. */
export const AddButton: React.FunctionComponent<{ kind: Kind }> = ({ kind }) => {
  const { w } = useSpeech()
  const { drafting, rules, go } = useBoard()
  const [id, setId] = useState<string | null>(null)
  const isTaken = id !== null && find(rules, { kind, id }) !== undefined
  const add = () => {
    const subject = { kind, id: id ?? '' }
    drafting.edit(subject, begin(kind, subject.id))
    setId(null)
    go({ subject, edits: true })
  }
  return (
    <>
      <Button
        variant="secondary"
        size="sm"
        onClick={() => setId('')}
        isDisabled={drafting.draft?.problem != null}
        data-add={kind}
      >
        {w.editor.addTitle(w.kind[kind])}
      </Button>
      {id !== null && (
        <Question
          title={w.editor.addTitle(w.kind[kind])}
          confirm={w.editor.create}
          onConfirm={add}
          onClose={() => setId(null)}
          isDisabled={id === '' || isTaken}
        >
          <Form onSubmit={event => event.preventDefault()}>
            <FormGroup label={w.editor.id} fieldId="tongmai-new-id">
              <TextInput id="tongmai-new-id" value={id} onChange={(_, value) => setId(value)} autoFocus />
              {isTaken && (
                <FormHelperText>
                  <HelperText>
                    <HelperTextItem variant="error">{w.editor.taken}</HelperTextItem>
                  </HelperText>
                </FormHelperText>
              )}
            </FormGroup>
          </Form>
        </Question>
      )}
    </>
  )
}
