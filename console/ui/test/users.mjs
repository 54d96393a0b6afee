// People who call at the user gateway in tests: an identity provider with a key of its own, and a service that answers.
import { generateKeyPairSync, sign } from 'node:crypto'
import { createServer } from 'node:http'

const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })

/** The provider's keys as rules hold them. */
export const keys = JSON.stringify({ keys: [{ ...publicKey.export({ format: 'jwk' }), kid: 'k1' }] })

const part = value => Buffer.from(JSON.stringify(value)).toString('base64url')

/** A token of the provider "residents" for the holder of an identity number. */
export function token(number) {
  const claims = { iss: 'https://id.example', aud: 'health', id_no: number, exp: Math.floor(Date.now() / 1000) + 60 }
  const signed = `${part({ alg: 'ES256', kid: 'k1' })}.${part(claims)}`
  const signature = sign('sha256', Buffer.from(signed), { key: privateKey, dsaEncoding: 'ieee-p1363' })
  return `${signed}.${signature.toString('base64url')}`
}

const WEIGHTS = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2]

/** A synthetic identity number (GB 11643) with its check digit, born before anybody in the data. */
export function identityNumber(order) {
  const body = `11010519000101${String(order).padStart(3, '0')}`
  const sum = WEIGHTS.reduce((total, weight, index) => total + weight * Number(body[index]), 0)
  return body + '10X98765432'[sum % 11]
}

/** A service that answers every call; answers its address and how to stop it. */
export async function answeringService() {
  const server = createServer((_, answer) => answer.setHeader('content-type', 'application/json').end('{"fine": true}'))
  await new Promise(done => server.listen(0, '127.0.0.1', done))
  return { url: `http://127.0.0.1:${server.address().port}`, stop: () => server.close() }
}
