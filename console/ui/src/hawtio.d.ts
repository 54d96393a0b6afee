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
