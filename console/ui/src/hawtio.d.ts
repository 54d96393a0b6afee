/** What we use of Hawtio's own library; it is in the share scope at run time and in no package here. */
declare module '@hawtio/react' {
  import type { ComponentType } from 'react'

  export interface Plugin {
    id: string
    title: string
    path: string
    order?: number
    component: ComponentType
    isActive: () => Promise<boolean>
  }

  export const hawtio: { addPlugin: (plugin: Plugin) => unknown }
  /** A hook of the way people logged in ("form" is ours) decides on a logout, and leads away itself. */
  export const userService: { addLogoutHook: (method: string, hook: () => Promise<boolean>) => void }
  export const helpRegistry: { add: (id: string, title: string, markdown: string, order?: number) => void }
}

declare module 'react-router-dom' {
  export function useSearchParams(): [URLSearchParams, (next: URLSearchParams) => void]
}

declare module '*.md?raw' {
  const text: string
  export default text
}

declare module '*.css'
