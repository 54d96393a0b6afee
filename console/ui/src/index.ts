import { hawtio, helpRegistry } from '@hawtio/react'
import { AccountsPage } from './accounts/AccountsPage'
import accountsHelp from './accounts/help.md?raw'
import { GatewaysPage } from './gateways/GatewaysPage'
import gatewaysHelp from './gateways/help.md?raw'
import messagesHelp from './messages/help.md?raw'
import { MessagesPage } from './messages/MessagesPage'

const PAGES = [
  { id: 'messages', title: '消息 Messages', component: MessagesPage, help: messagesHelp },
  { id: 'gateways', title: '网关 Gateways', component: GatewaysPage, help: gatewaysHelp },
  { id: 'accounts', title: '账户 Accounts', component: AccountsPage, help: accountsHelp },
]

/** The entry Hawtio calls: registers our pages. Messages comes first, so that it is what a login leads to. */
export function plugin(): void {
  PAGES.forEach(({ id, title, component, help }, index) => {
    hawtio.addPlugin({
      id: `tongmai-${id}`,
      title,
      path: `/${id}`,
      order: index + 1,
      component,
      isActive: async () => true,
    })
    helpRegistry.add(`tongmai-${id}`, title, help, index + 2)
  })
}
