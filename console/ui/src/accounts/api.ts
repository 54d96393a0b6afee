import { read, request } from '../api'

export const ROLES = [
  'VIEWER',
  'OPERATOR',
  'ENGINEER',
  'ADMINISTRATOR',
  'SECURITY_ADMINISTRATOR',
  'AUDIT_ADMINISTRATOR',
  'SERVICE',
  'SENDER',
] as const
export type Role = (typeof ROLES)[number]

export interface Credentials {
  passwordSince: string
  oneTimePassword: boolean
  secondFactor: boolean
}

export interface Person {
  displayName: string
  lastLoginAt: string | null
}

export type Limit = 'NONE' | 'CHANGE_PASSWORD' | 'ENROL_SECOND_FACTOR'

export interface Account {
  name: string
  roles: Role[]
  state: { enabled: boolean; locked: boolean; lockedUntil: string | null; failedAttempts: number; limit: Limit }
  credentials: Credentials
  person: Person
}

export interface PasswordRule {
  leastLength: number
  mostBytes: number
  leastDifferent: number
  leastClasses: number
  former: number
}

export interface OwnAccount {
  name: string
  roles: Role[]
  credentials: Credentials
  person: Person
  passwordRule: PasswordRule
}

/** {@code present} is the one this page is in; of others' sessions it is not said. */
export interface OpenSession {
  id: string
  address: string
  since: string
  usedAt: string
  present?: boolean
}

export interface Enrolment {
  secret: string
  uri: string
}

const json = { 'Content-Type': 'application/json' }

function post(path: string, body: unknown = {}): Promise<Response> {
  return request(path, { method: 'POST', headers: json, body: JSON.stringify(body) })
}

async function told<T>(path: string, body: unknown = {}): Promise<T> {
  return (await (await post(path, body)).json()) as T
}

const at = (name: string) => `/api/accounts/${encodeURIComponent(name)}`

export type Act = 'enable' | 'disable' | 'unlock' | 'end-sessions' | 'remove-second-factor'

/** Passwords, secrets and codes go in bodies alone. */
export const accounts = {
  all: () => read<Account[]>('/api/accounts'),
  create: (name: string, displayName: string, roles: Role[]) =>
    told<{ password: string }>(at(name), { roles, displayName }),
  act: (name: string, act: Act) => post(`${at(name)}/${act}`),
  changeRoles: (name: string, roles: Role[]) => post(`${at(name)}/roles`, { roles }),
  changeDisplayName: (name: string, displayName: string) => post(`${at(name)}/display-name`, { displayName }),
  resetPassword: (name: string) => told<{ password: string }>(`${at(name)}/reset-password`),
  sessions: (name: string) => read<OpenSession[]>(`${at(name)}/sessions`),
  endSession: (name: string, id: string) => post(`${at(name)}/sessions/${id}/end`),
}

export const own = {
  account: () => read<OwnAccount>('/api/session/account'),
  changePassword: (current: string, replacement: string) => post('/api/session/password', { current, replacement }),
  beginSecondFactor: (current: string) => told<Enrolment>('/api/session/second-factor', { current }),
  confirmSecondFactor: (code: string) => told<{ recoveryCodes: string[] }>('/api/session/second-factor/confirm', { code }),
  sessions: () => read<OpenSession[]>('/api/session/sessions'),
  endSession: (id: string) => post(`/api/session/sessions/${id}/end`),
}
