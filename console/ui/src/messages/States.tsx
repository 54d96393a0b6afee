import { Label } from '@patternfly/react-core'
import React from 'react'
import type { DeliveryState, MessageState } from '../api'
import { useLanguage } from '../language'

type Colour = React.ComponentProps<typeof Label>['color']

const MESSAGE_COLOURS: Record<MessageState, Colour> = {
  RECEIVED: 'grey',
  PROCESSING: 'blue',
  STORED: 'teal',
  DELIVERED: 'green',
  REFUSED: 'red',
  PARKED: 'orange',
}

const DELIVERY_COLOURS: Record<DeliveryState, Colour> = {
  WAITING: 'blue',
  SENDING: 'teal',
  DELIVERED: 'green',
  PARKED: 'orange',
  DISCARDED: 'grey',
}

export const MessageStateLabel: React.FunctionComponent<{ state: MessageState }> = ({ state }) => {
  const { words } = useLanguage()
  return (
    <Label color={MESSAGE_COLOURS[state]} isCompact data-state={state}>
      {words.messageState[state]}
    </Label>
  )
}

export const DeliveryStateLabel: React.FunctionComponent<{ state: DeliveryState }> = ({ state }) => {
  const { words } = useLanguage()
  return (
    <Label color={DELIVERY_COLOURS[state]} isCompact data-state={state}>
      {words.deliveryState[state]}
    </Label>
  )
}
