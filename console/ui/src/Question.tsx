import { Alert, Button, Modal, ModalBody, ModalFooter, ModalHeader } from '@patternfly/react-core'
import React, { useState } from 'react'
import { Refusal } from './api'
import { useLanguage } from './language'
import { saidOf } from './page'

interface Props {
  title: string
  confirm: string
  /** Does it; a refusal is shown, and the question stays. */
  onConfirm: () => Promise<void> | void
  onClose: () => void
  isDisabled?: boolean
  /** Says a failure better than by itself. */
  describe?: (failure: Error) => string
  children: React.ReactNode
}

/** Asks before something is done that is not taken back by a click. */
export const Question: React.FunctionComponent<Props> = props => {
  const { words } = useLanguage()
  const said = (failure: Error) => saidOf(failure, words)
  const [isBusy, setBusy] = useState(false)
  const [failure, setFailure] = useState<Error | null>(null)

  const confirm = async () => {
    setBusy(true)
    setFailure(null)
    try {
      await props.onConfirm()
    } catch (error) {
      setFailure(error as Error)
      setBusy(false)
    }
  }
  const plain = (error: Error) => (error instanceof Refusal ? `${error.code} ${said(error)}` : said(error))
  return (
    <Modal variant="small" isOpen onClose={props.onClose} aria-labelledby="tongmai-question" aria-describedby="tongmai-question-body">
      <ModalHeader title={props.title} labelId="tongmai-question" />
      <ModalBody id="tongmai-question-body">
        {props.children}
        {failure && <Alert variant="danger" isInline className="tongmai-question-failure" title={(props.describe ?? plain)(failure)} />}
      </ModalBody>
      <ModalFooter>
        <Button
          variant="primary"
          onClick={() => void confirm()}
          isLoading={isBusy}
          isDisabled={isBusy || props.isDisabled === true}
          data-testid="tongmai-confirm"
        >
          {props.confirm}
        </Button>
        <Button variant="link" onClick={props.onClose}>
          {words.cancel}
        </Button>
      </ModalFooter>
    </Modal>
  )
}
