import { Alert, Button, Modal, ModalBody, ModalFooter, ModalHeader } from '@patternfly/react-core'
import React, { useState } from 'react'
import { api } from '../api'
import { useLanguage } from '../language'
import { saidOf } from '../page'

interface Props {
  id: string
  onReplayed: (child: string) => void
}

/** Plays the message again, after a question. */
export const ReplayButton: React.FunctionComponent<Props> = ({ id, onReplayed }) => {
  const { words } = useLanguage()
  const [isAsking, setAsking] = useState(false)
  const [isBusy, setBusy] = useState(false)
  const [failure, setFailure] = useState<Error | null>(null)

  const ask = () => {
    setFailure(null)
    setAsking(true)
  }
  const replay = () => {
    setBusy(true)
    api
      .replay(id)
      .then(child => {
        setAsking(false)
        onReplayed(child.id)
      }, setFailure)
      .finally(() => setBusy(false))
  }

  return (
    <>
      <Button variant="primary" onClick={ask} data-testid="tongmai-replay">
        {words.replay.button}
      </Button>
      <Modal
        variant="small"
        isOpen={isAsking}
        onClose={() => setAsking(false)}
        aria-labelledby="tongmai-replay-title"
        aria-describedby="tongmai-replay-body"
      >
        <ModalHeader title={words.replay.question} labelId="tongmai-replay-title" />
        <ModalBody id="tongmai-replay-body">
          {words.replay.explanation}
          {failure && (
            <Alert variant="danger" isInline title={words.replay.failed}>
              {saidOf(failure, words)}
            </Alert>
          )}
        </ModalBody>
        <ModalFooter>
          <Button variant="primary" onClick={replay} isLoading={isBusy} isDisabled={isBusy} data-testid="tongmai-confirm">
            {words.replay.confirm}
          </Button>
          <Button variant="link" onClick={() => setAsking(false)}>
            {words.cancel}
          </Button>
        </ModalFooter>
      </Modal>
    </>
  )
}
