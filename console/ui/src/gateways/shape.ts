import { FORMS, type Field } from './fields'
import { isByGateway, KINDS, parse, type Json, type JsonObject, type Kind, type Reading, type Rules } from './rules'

/** What the page reads of rules must be of the form it reads it in; everything else is left to the server to refuse. */
export function parseRules(text: string): Reading {
  const reading = parse(text)
  const problem = reading.rules === null ? null : first(KINDS, kind => misshapenList(reading.rules, kind))
  return problem === null ? reading : { rules: null, problem }
}

function misshapenList(rules: Rules, kind: Kind): string | null {
  const all = rules[kind] as Json | undefined
  if (all === undefined) {
    return null
  }
  if (isByGateway(kind)) {
    return isObject(all)
      ? first(Object.entries(all), ([id, entry]) => misshapen(kind, entry, `${kind}.${id}`))
      : `${kind}: { … }`
  }
  return Array.isArray(all)
    ? first(all, (entry, index) => misshapen(kind, entry, `${kind}[${nameOf(entry) ?? index + 1}]`))
    : `${kind}: [ { … } ]`
}

/** Where an entry is not of the form that its table of fields says, with the form expected; null where it is. */
export function misshapen(kind: Kind, entry: Json, at: string): string | null {
  const fields: Field[] = [{ path: 'id', type: 'text' }, ...FORMS[kind].flatMap(section => section.fields)]
  return isObject(entry) ? first(fields, field => misshapenField(field, entry, at)) : `${at}: { … }`
}

function misshapenField(field: Field, entry: JsonObject, at: string): string | null {
  let value: Json | undefined = entry
  let place = at
  for (const step of field.path.split('.')) {
    if (value === undefined) {
      return null
    }
    if (!isObject(value)) {
      return `${place}: { … }`
    }
    value = value[step]
    place = `${place}.${step}`
  }
  return value === undefined ? null : misshapenValue(field, value, place)
}

function misshapenValue({ type, rows = [] }: Field, value: Json, at: string): string | null {
  switch (type) {
    case 'part':
      return null // its fields are looked at one by one
    case 'rows':
      return Array.isArray(value) && value.every(isObject)
        ? first(value, (row, index) => first(rows, column => misshapenField(column, row, `${at}[${index + 1}]`)))
        : `${at}: [ { … } ]`
    case 'lines':
    case 'choices':
      return Array.isArray(value) && value.every(isText) ? null : `${at}: [ "…" ]`
    case 'numbers':
      return Array.isArray(value) && value.every(one => typeof one === 'number') ? null : `${at}: [ 0 ]`
    case 'parameters':
    case 'texts':
      return isObject(value) && Object.values(value).every(isText) ? null : `${at}: { "…": "…" }`
    case 'number':
      return typeof value === 'number' ? null : `${at}: 0`
    default:
      return isText(value) ? null : `${at}: "…"`
  }
}

const isObject = (value: Json): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
const isText = (value: Json): boolean => typeof value === 'string'
const nameOf = (entry: Json): string | null =>
  isObject(entry) && typeof entry.id === 'string' && entry.id !== '' ? entry.id : null

function first<T>(all: readonly T[], problem: (one: T, index: number) => string | null): string | null {
  for (const [index, one] of all.entries()) {
    const found = problem(one, index)
    if (found !== null) {
      return found
    }
  }
  return null
}
