import type { Json, JsonObject } from './rules'

/** A kind of transport or of listener, as its route template tells of it. */
export interface TransportTemplate {
  kind: string
  description: string
  goesTo: 'TARGETS' | 'PARAMETERS'
  parameters: { name: string; description: string; defaultValue: string | null; values: string[] }[]
}

export interface Transports {
  services: TransportTemplate[]
  listeners: TransportTemplate[]
}

/** A parameter as a form shows it: one of the template, or one that was given and the template does not have. */
export interface ParameterRow {
  name: string
  description: string
  /** null where rules must say it. */
  defaultValue: string | null
  values: string[]
  value: string
  isKnown: boolean
  isMissing: boolean
}

/** The templates a kind is chosen of, by the path of the kind. */
export const templatesOf = (path: string, transports: Transports): TransportTemplate[] =>
  path === 'transport.kind' ? transports.services : transports.listeners

/** Where the kind stands whose parameters stand at a path. */
export const kindOf = (path: string): string => path.replace(/parameters$/, 'kind')

/** Every parameter of the template in its order, then what is given besides, so that it can be taken away. */
export function parameterRows(template: TransportTemplate | undefined, given: Json | undefined): ParameterRow[] {
  const values = (given ?? {}) as JsonObject
  const text = (name: string) => String(values[name] ?? '')
  const known = template?.parameters ?? []
  return [
    ...known.map(parameter => ({
      ...parameter,
      value: text(parameter.name),
      isKnown: true,
      isMissing: parameter.defaultValue === null && text(parameter.name).trim() === '',
    })),
    ...Object.keys(values)
      .filter(name => !known.some(parameter => parameter.name === name))
      .map(name => ({
        name,
        description: '',
        defaultValue: '',
        values: [],
        value: text(name),
        isKnown: false,
        isMissing: false,
      })),
  ]
}

/** What a kind, or a parameter of it, is for: in words of the page where it has some, or else as the template says. */
export function purpose(words: Record<string, string>, path: string, kind: string, described: { name?: string; description: string }): string {
  const place = `${path === 'transport.kind' ? 'transport' : 'listener'}.${kind}`
  const { name, description } = described
  return (name === undefined ? words[place] : (words[`${place}.${name}`] ?? words[name])) ?? description
}

/** A map of texts as lines {@code name=value}. */
export const linesOfMap = (map: Json | undefined): string =>
  Object.entries((map ?? {}) as JsonObject)
    .map(([name, value]) => `${name}=${String(value)}`)
    .join('\n')

/** The contrary; lines without a name are passed over, the last of a name counts. */
export const mapOfLines = (lines: string): JsonObject =>
  Object.fromEntries(
    lines.split('\n').flatMap(line => {
      const [name = '', ...value] = line.split('=')
      return name.trim() === '' || value.length === 0 ? [] : [[name.trim(), value.join('=').trim()]]
    }),
  )
