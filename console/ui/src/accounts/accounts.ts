/** What the page works out of accounts, without React. */
import type { Account, PasswordRule, Role } from './api'

export type Mark = 'ACTIVE' | 'DISABLED' | 'LOCKED' | 'ONE_TIME' | 'OUTDATED' | 'FACTOR_MISSING'

/** Roles of machines: their passwords do not age and they have no second factor. */
export const MACHINES: readonly Role[] = ['SERVICE', 'SENDER']
export const ADMINISTRATORS: readonly Role[] = ['ADMINISTRATOR', 'SECURITY_ADMINISTRATOR', 'AUDIT_ADMINISTRATOR']
export const BUSINESS: readonly Role[] = ['VIEWER', 'OPERATOR', 'ENGINEER']

export function isMachine(account: { roles: Role[] }): boolean {
  return account.roles.length > 0 && account.roles.every(role => MACHINES.includes(role))
}

/** What somebody has to know of an account's state: why it can not log in, and what its user has to do first. */
export function marksOf({ state, credentials }: Account): Mark[] {
  const marks: Mark[] = []
  if (!state.enabled) {
    marks.push('DISABLED')
  }
  if (state.locked) {
    marks.push('LOCKED')
  }
  if (state.limit === 'CHANGE_PASSWORD') {
    marks.push(credentials.oneTimePassword ? 'ONE_TIME' : 'OUTDATED')
  }
  if (state.limit === 'ENROL_SECOND_FACTOR') {
    marks.push('FACTOR_MISSING')
  }
  return marks.length === 0 ? ['ACTIVE'] : marks
}

/** What is looked for; empty means any. */
export interface Wanted {
  text: string
  role: Role | ''
  mark: Mark | ''
}

export function found(all: Account[], wanted: Wanted): Account[] {
  const text = wanted.text.trim().toLowerCase()
  return all.filter(
    account =>
      [account.name, account.person.displayName].some(word => word.toLowerCase().includes(text)) &&
      (wanted.role === '' || account.roles.includes(wanted.role)) &&
      (wanted.mark === '' || marksOf(account).includes(wanted.mark)),
  )
}

/** Why the server would not take a new password; it alone knows the last ones. */
export type Fault = 'length' | 'bytes' | 'different' | 'classes' | 'named'

/** Small letters, capitals, digits and all else: how many of the four there are. */
function classesOf(password: string): number {
  const kinds = [...password].map(one => (/\p{Ll}/u.test(one) ? 0 : /\p{Lu}/u.test(one) ? 1 : /\p{Nd}/u.test(one) ? 2 : 3))
  return new Set(kinds).size
}

export function faultsOf(password: string, name: string, rule: PasswordRule): Fault[] {
  // As the server counts: in UTF-16.
  const different = new Set(password.split('')).size
  const faults: [Fault, boolean][] = [
    ['length', password.length < rule.leastLength],
    ['bytes', new TextEncoder().encode(password).length > rule.mostBytes],
    ['different', different < rule.leastDifferent],
    ['classes', classesOf(password) < rule.leastClasses],
    ['named', password.toLowerCase().includes(name)],
  ]
  return faults.filter(([, isWrong]) => isWrong).map(([fault]) => fault)
}
