/** A step into JSON: the name of a member, or the number of an element. */
export type Step = string | number

/** Where a string that begins here ends. */
function afterString(text: string, from: number): number {
  let at = from + 1
  while (at < text.length && text[at] !== '"') {
    at += text[at] === '\\' ? 2 : 1
  }
  return at + 1
}

function afterBlanks(text: string, from: number): number {
  let at = from
  while (/\s/.test(text[at] ?? '')) {
    at++
  }
  return at
}

/** Where a value that begins here ends: at the first comma or bracket that is not inside it. */
function afterValue(text: string, from: number): number {
  let at = from
  for (let depth = 0; at < text.length; ) {
    const character = text[at] ?? ''
    if (depth === 0 && ',]}'.includes(character)) {
      return at
    }
    depth += '[{'.includes(character) ? 1 : ']}'.includes(character) ? -1 : 0
    at = character === '"' ? afterString(text, at) : at + 1
  }
  return at
}

/**
 * Where in a JSON text a path leads; as far as it goes, for a member may be absent. The text must be JSON.
 *
 * @returns where the member's name, or the element, begins
 */
export function locate(text: string, steps: readonly Step[]): number {
  let found = afterBlanks(text, 0)
  let value = found
  for (const step of steps) {
    const next = inside(text, value, step)
    if (next === null) {
      return found
    }
    found = next.name
    value = next.value
  }
  return found
}

function inside(text: string, from: number, step: Step): { name: number; value: number } | null {
  const opening = text[from]
  const isObject = opening === '{'
  if (opening !== (typeof step === 'string' ? '{' : '[')) {
    return null
  }
  let at = afterBlanks(text, from + 1)
  for (let index = 0; at < text.length && text[at] !== '}' && text[at] !== ']'; index++) {
    const name = at
    if (isObject) {
      const end = afterString(text, at)
      at = afterBlanks(text, afterBlanks(text, end) + 1)
      if (JSON.parse(text.slice(name, end)) === step) {
        return { name, value: at }
      }
    } else if (index === step) {
      return { name, value: at }
    }
    at = afterBlanks(text, afterValue(text, at))
    at = text[at] === ',' ? afterBlanks(text, at + 1) : at
  }
  return null
}
