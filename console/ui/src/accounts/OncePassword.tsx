import { Button, Modal, ModalBody, ModalFooter, ModalHeader } from '@patternfly/react-core'
import React from 'react'
import { useSpeech } from './speech'

/** A password that was just given. */
export interface Given {
  name: string
  password: string
  isMachine: boolean
}

/** Shows a one-time password, this once: it is in no address and in no storage, and gone with the dialog. */
export const OncePassword: React.FunctionComponent<{ given: Given; onClose: () => void }> = ({ given, onClose }) => {
  const { w } = useSpeech()
  return (
    <Modal variant="small" isOpen aria-labelledby="tongmai-once-title" aria-describedby="tongmai-once-body">
      <ModalHeader title={w.once.title(given.name)} labelId="tongmai-once-title" />
      <ModalBody id="tongmai-once-body">
        <code className="tongmai-secret" data-testid="tongmai-once">
          {given.password}
        </code>
        <p>{given.isMachine ? w.once.machine : w.once.explanation}</p>
      </ModalBody>
      <ModalFooter>
        <Button variant="primary" onClick={onClose} data-testid="tongmai-noted">
          {w.once.done}
        </Button>
      </ModalFooter>
    </Modal>
  )
}
