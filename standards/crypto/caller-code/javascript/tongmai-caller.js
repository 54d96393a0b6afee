// Calls services of the open gateway, signed with SM2. Node.js 18 or later; npm install sm-crypto.
//
//   node tongmai-caller.js <private key, 64 hexadecimal digits> <method> <path> <body file or -> [name=value ...]
//
// Keep the private key where only this program reads it: never in a page that a browser loads.
import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { argv } from 'node:process';
import { pathToFileURL } from 'node:url';
import smCrypto from 'sm-crypto';

const { sm2, sm3 } = smCrypto;
const GATEWAY = '{{gateway}}';
const APP = '{{app}}';
const USER_ID = '1234567812345678';

/** r and s of 32 bytes each, in Base64. The option hash adds Z and SM3, as GB/T 32918.2 demands. */
export function sign(privateKey, text) {
  const publicKey = sm2.getPublicKeyFromPrivateKey(privateKey);
  const signature = sm2.doSignature(text, privateKey, { hash: true, publicKey, userId: USER_ID });
  return Buffer.from(signature, 'hex').toString('base64');
}

/** RFC 3986; encodeURIComponent leaves five characters more than that. */
function encode(text) {
  return encodeURIComponent(text).replace(/[!'()*]/g, (c) => '%' + c.charCodeAt(0).toString(16).toUpperCase());
}

function compare(a, b) {
  return a < b ? -1 : a > b ? 1 : 0;
}

/** Percent-encoded, sorted by name, then by value; parameters are pairs of texts. */
export function canonicalQuery(parameters) {
  return parameters
    .map(([name, value]) => [encode(name), encode(value)])
    .sort((a, b) => compare(a[0], b[0]) || compare(a[1], b[1]))
    .map(([name, value]) => name + '=' + value)
    .join('&');
}

/** Answers a Response of fetch. The path is sent and signed as it is: percent-encode it before. */
export function call(privateKey, method, path, parameters = [], body = Buffer.alloc(0)) {
  const query = canonicalQuery(parameters);
  const timestamp = String(Date.now());
  const nonce = randomBytes(16).toString('hex');
  const text = [method, path, query, sm3(Array.from(body)), APP, timestamp, nonce].join('\n');
  const headers = {
    'X-Tongmai-App': APP,
    'X-Tongmai-Timestamp': timestamp,
    'X-Tongmai-Nonce': nonce,
    'X-Tongmai-Signature-Profile': 'sm2-sm3',
    'X-Tongmai-Signature': sign(privateKey, text),
  };
  if (body.length > 0) {
    headers['Content-Type'] = 'application/json';
  }
  return fetch(GATEWAY + path + (query ? '?' + query : ''), {
    method,
    headers,
    body: body.length > 0 ? body : undefined,
    signal: AbortSignal.timeout(10_000),
  });
}

if (argv[1] && import.meta.url === pathToFileURL(argv[1]).href) {
  const [key, method, path, file, ...pairs] = argv.slice(2);
  const parameters = pairs.map((pair) => [pair.split('=', 1)[0], pair.slice(pair.indexOf('=') + 1)]);
  const answer = await call(key, method, path, parameters, file === '-' ? undefined : readFileSync(file));
  console.log(answer.status, await answer.text());
}
