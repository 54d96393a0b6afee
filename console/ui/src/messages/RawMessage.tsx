import { Alert, Button, Spinner } from '@patternfly/react-core'
import React, { useState } from 'react'
import { api } from '../api'
import { useLanguage } from '../language'

/** The bytes as received, one segment a line. Fetched only when somebody asks to see them. */
export const RawMessage: React.FunctionComponent<{ id: string; allowed: boolean }> = ({ id, allowed }) => {
  const { words } = useLanguage()
  const [text, setText] = useState<string | null>(null)
  const [isOpen, setOpen] = useState(false)
  const [failure, setFailure] = useState<Error | null>(null)

  if (!allowed) {
    return <p className="tongmai-quiet tongmai-raw-forbidden">{words.raw.forbidden}</p>
  }
  const toggle = () => {
    setOpen(!isOpen)
    if (!isOpen && text === null) {
      setFailure(null)
      api.raw(id).then(setText, setFailure)
    }
  }
  return (
    <section className="tongmai-raw">
      <Button variant="secondary" onClick={toggle} aria-expanded={isOpen}>
        {isOpen ? words.raw.hide : words.raw.show}
      </Button>
      {isOpen && failure && <Alert variant="danger" isInline title={words.failed} />}
      {isOpen && !failure && text === null && <Spinner size="md" aria-label={words.raw.loading} />}
      {isOpen && text !== null && (
        <ol className="tongmai-segments" aria-label={words.raw.title} data-testid="tongmai-raw">
          {text
            .split(/\r\n|\r|\n/)
            .filter(segment => segment !== '')
            .map((segment, index) => (
              <li key={index}>
                <Segment text={segment} />
              </li>
            ))}
        </ol>
      )}
    </section>
  )
}

/** A segment with its name and its separators set apart from what they separate. */
const Segment: React.FunctionComponent<{ text: string }> = ({ text }) => (
  <>
    <b>{text.slice(0, 3)}</b>
    {text
      .slice(3)
      .split(/([|^~&\\])/)
      .map((part, index) => (index % 2 === 1 ? <i key={index}>{part}</i> : part))}
  </>
)
