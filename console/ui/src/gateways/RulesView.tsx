import { Alert, Button, Card, CardBody, CardTitle, Form, FormGroup, TextArea, TextInput } from '@patternfly/react-core'
import React, { useMemo, useRef, useState } from 'react'
import { Refusal, type Found } from '../api'
import { gateways } from './api'
import { useBoard, useSpeech } from './board'
import { DifferenceTable } from './DifferenceTable'
import { documentOf } from './draft'
import { detailOf, lineOf, offsetOf, placeOf } from './places'
import { text } from './rules'
import { EntryLink, FoundText } from './States'

/** The rules as one document: what a draft changes of them, what the server found wrong, and publishing. */
export const RulesView: React.FunctionComponent = () => {
  const { w } = useSpeech()
  const { mayPublish, drafting, changes } = useBoard()
  const area = useRef<HTMLTextAreaElement>(null)
  const { draft } = drafting
  return (
    <>
      {!mayPublish && <Alert variant="info" isInline isPlain title={w.rules.readOnly} />}
      {mayPublish && <PublishCard show={offset => select(area.current, offset)} />}
      {draft && draft.problem === null && (
        <Card>
          <CardTitle component="h2">{w.rules.differences}</CardTitle>
          <CardBody>
            <DifferenceTable changes={changes} edits={mayPublish} />
          </CardBody>
        </Card>
      )}
      <DocumentCard area={area} />
    </>
  )
}

/** Selects from the place to the end of its line, and scrolls there. */
function select(area: HTMLTextAreaElement | null, offset: number): void {
  if (area === null) {
    return
  }
  const end = area.value.indexOf('\n', offset)
  const lines = area.value.split('\n').length
  area.focus()
  area.setSelectionRange(offset, end < 0 ? area.value.length : end)
  area.scrollTop = Math.max(0, (lineOf(area.value, offset) - 6) * (area.scrollHeight / lines))
  area.scrollIntoView({ block: 'center' })
}

const DocumentCard: React.FunctionComponent<{ area: React.RefObject<HTMLTextAreaElement> }> = ({ area }) => {
  const { w } = useSpeech()
  const { seen, mayPublish, drafting } = useBoard()
  const { draft, write } = drafting
  const rules = seen.published.rules
  const published = useMemo(() => text(rules), [rules])
  return (
    <Card>
      <CardTitle component="h2">{w.rules.document}</CardTitle>
      <CardBody className="tongmai-stack">
        <p className="tongmai-quiet">{w.rules.documentHint}</p>
        {draft?.problem != null && <Alert variant="danger" isInline title={w.rules.invalid(draft.problem)} />}
        <TextArea
          ref={area}
          id="tongmai-document"
          aria-label={w.rules.document}
          className="tongmai-document"
          rows={24}
          spellCheck={false}
          readOnlyVariant={mayPublish ? undefined : 'default'}
          validated={draft?.problem != null ? 'error' : 'default'}
          value={draft ? documentOf(draft) : published}
          onChange={(_, value) => write(value)}
        />
      </CardBody>
    </Card>
  )
}

interface PublishProps {
  /** Shows a place of the document. */
  show: (offset: number) => void
}

const PublishCard: React.FunctionComponent<PublishProps> = ({ show }) => {
  const { w, said } = useSpeech()
  const { drafting, refused, setRefused, refresh } = useBoard()
  const [note, setNote] = useState('')
  const [isBusy, setBusy] = useState(false)
  const [published, setPublished] = useState<number | null>(null)
  const { draft } = drafting

  const publish = async () => {
    if (draft === null) {
      return
    }
    setBusy(true)
    setRefused(null)
    setPublished(null)
    try {
      const publication = await gateways.publish(documentOf(draft), draft.base.revision, note.trim())
      drafting.settle(draft)
      setNote('')
      setPublished(publication.revision)
    } catch (error) {
      const refusal = error instanceof Refusal ? error : new Refusal(0, '', said(error as Error))
      setRefused({ code: refusal.code, title: refusal.message, errors: refusal.errors })
    }
    await refresh()
    setBusy(false)
  }
  return (
    <>
      {published !== null && (
        <Alert variant="success" isInline title={w.rules.published(published)} data-testid="tongmai-published" />
      )}
      {draft && (
        <Card>
          <CardTitle component="h2">{w.rules.publish}</CardTitle>
          <CardBody className="tongmai-stack">
            <Form
              className="tongmai-publish"
              onSubmit={event => {
                event.preventDefault()
                void publish()
              }}
            >
              <FormGroup label={w.rules.note} fieldId="tongmai-note">
                <TextInput
                  id="tongmai-note"
                  value={note}
                  placeholder={w.rules.noteHint}
                  onChange={(_, value) => setNote(value)}
                />
              </FormGroup>
              <Button
                type="submit"
                variant="primary"
                isLoading={isBusy}
                isDisabled={isBusy || draft.problem !== null}
                data-testid="tongmai-publish"
              >
                {isBusy ? w.rules.publishing : w.rules.publish}
              </Button>
            </Form>
            {refused && <Violations show={show} />}
          </CardBody>
        </Card>
      )}
    </>
  )
}

/** Everything the server found, each with the way to its place. */
const Violations: React.FunctionComponent<PublishProps> = ({ show }) => {
  const { w } = useSpeech()
  const { refused } = useBoard()
  if (refused === null) {
    return null
  }
  const isStale = refused.code === 'TM-GATE-0042'
  // Without a code no answer of the platform came, and it may have published all the same.
  const said =
    refused.code === ''
      ? w.rules.unanswered(refused.title)
      : w.rules.refused(w.code[refused.code] ?? refused.title, refused.code)
  return (
    <Alert
      variant="danger"
      isInline
      title={said}
      data-testid="tongmai-refused"
    >
      {!isStale && (
        <ul className="tongmai-violations">
          {refused.errors.map((error, index) => (
            <Violation key={index} error={error} show={show} />
          ))}
        </ul>
      )}
    </Alert>
  )
}

const Violation: React.FunctionComponent<PublishProps & { error: Found }> = ({ error, show }) => {
  const { w } = useSpeech()
  const { rules, drafting } = useBoard()
  const document = drafting.draft ? documentOf(drafting.draft) : text(rules)
  const place = placeOf(error, rules)
  const offset = offsetOf(error, rules, document)
  const labels: Record<string, string> = w.fields
  return (
    <li data-violation={error.location}>
      <strong>
        {place ? `${w.kind[place.kind]} ${place.id}` : w.rules.wholeDocument}
        {place && place.path !== '' && ` · ${labels[place.path] ?? place.path}`}
      </strong>{' '}
      <FoundText error={error} {...detailOf(error.detail)} />{' '}
      {place && (
        <EntryLink subject={place} edits>
          {w.rules.goTo}
        </EntryLink>
      )}{' '}
      {offset !== null && (
        <Button variant="link" isInline onClick={() => show(offset)}>
          {w.rules.line(lineOf(document, offset))}
        </Button>
      )}
    </li>
  )
}
