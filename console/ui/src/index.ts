import type React from 'react'
import { hawtio, helpRegistry } from '@hawtio/react'
import { AccountsPage } from './accounts/AccountsPage'
import { api } from './api'
import accountsHelp from './accounts/help.md?raw'
import { AuditPage } from './audit/AuditPage'
import auditHelp from './audit/help.md?raw'
import { GatewaysPage } from './gateways/GatewaysPage'
import gatewaysHelp from './gateways/help.md?raw'
import { guarded } from './guarded'
import messagesHelp from './messages/help.md?raw'
import { MessagesPage } from './messages/MessagesPage'

interface Page {
  id: string
  title: string
  component: React.ComponentType
  help: string
  /** Who alone it is for. */
  role?: string
}

const PAGES: Page[] = [
  { id: 'messages', title: '消息 Messages', component: MessagesPage, help: messagesHelp },
  { id: 'gateways', title: '网关 Gateways', component: GatewaysPage, help: gatewaysHelp },
  { id: 'accounts', title: '账户 Accounts', component: AccountsPage, help: accountsHelp },
  { id: 'audit', title: '审计 Audit', component: AuditPage, help: auditHelp, role: 'AUDIT_ADMINISTRATOR' },
]

/** The roles of who is logged in, asked once; null where nobody could tell. */
let asked: Promise<string[] | null> | null = null

/** Whether a page is offered; one that is for a role alone says so itself to who comes by its address. */
async function isOffered(role: string | undefined): Promise<boolean> {
  if (role === undefined) {
    return true
  }
  asked ??= api.session().then(
    ({ roles }) => roles,
    () => null,
  )
  return (await asked)?.includes(role) ?? true
}

/** The entry Hawtio calls: registers our pages. Messages comes first, so that it is what a login leads to. */
export function plugin(): void {
  PAGES.forEach(({ id, title, component, help, role }, index) => {
    hawtio.addPlugin({
      id: `tongmai-${id}`,
      title,
      path: `/${id}`,
      order: index + 1,
      component: guarded(component),
      isActive: () => isOffered(role),
    })
    helpRegistry.add(`tongmai-${id}`, title, help, index + 2)
  })
}
