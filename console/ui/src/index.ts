import { hawtio, helpRegistry } from '@hawtio/react'
import help from './messages/help.md?raw'
import { MessagesPage } from './messages/MessagesPage'

/** The entry Hawtio calls: registers our pages. Messages comes first, so that it is what a login leads to. */
export function plugin(): void {
  hawtio.addPlugin({
    id: 'tongmai-messages',
    title: '消息 Messages',
    path: '/messages',
    order: 1,
    component: MessagesPage,
    isActive: async () => true,
  })
  helpRegistry.add('tongmai-messages', '消息 Messages', help, 2)
}
