// Signs and encrypts a call to the gateway, and decrypts its answer, with nothing of ours: sm-crypto for SM2, SM3 and SM4,
// OpenSSL (in Node.js) for RSA and AES. Its input says which.
import crypto from 'node:crypto';
import { readFileSync } from 'node:fs';
import smCrypto from 'sm-crypto';

const { sm2, sm3, sm4 } = smCrypto;
const given = JSON.parse(readFileSync(process.argv[2], 'utf8'));
const hex = (text) => Buffer.from(text, 'hex');
const oaep = { oaepHash: 'sha256', padding: crypto.constants.RSA_PKCS1_OAEP_PADDING };

// RFC 7518, 5.2.2.1, with SM4 and SM3: the first half of the key is the HMAC's; no context, so its length is 0.
function tag(key, iv, data) {
  return sm3(Array.from(Buffer.concat([iv, data, Buffer.alloc(8)])), { key: key.subarray(0, 16).toString('hex') });
}

function cbc(direction, key, iv, data) {
  const options = { mode: 'cbc', iv: iv.toString('hex'), padding: 'pkcs#7' };
  return hex(sm4[direction](Array.from(data), key.subarray(16).toString('hex'), options));
}

const national = {
  alg: 'sm2-sm4-cbc-hmac-sm3',
  profile: 'sm2-sm3',
  sign: (text) =>
    hex(sm2.doSignature(text, given.sm2Private, { hash: true, publicKey: sm2.getPublicKeyFromPrivateKey(given.sm2Private) })),
  seal(clear) {
    const key = crypto.randomBytes(32);
    const iv = crypto.randomBytes(16);
    const data = cbc('encrypt', key, iv, clear);
    const wrapped = Buffer.concat([Buffer.of(4), hex(sm2.doEncrypt(Array.from(key), given.gatewaySm2, 1))]);
    return { key: wrapped, iv, data, tag: hex(tag(key, iv, data)) };
  },
  open(sealed) {
    const key = Buffer.from(sm2.doDecrypt(sealed.key.subarray(1).toString('hex'), given.sm2Private, 1, { output: 'array' }));
    if (tag(key, sealed.iv, sealed.data) !== sealed.tag.toString('hex')) throw new Error('tag');
    const options = { mode: 'cbc', iv: sealed.iv.toString('hex'), padding: 'pkcs#7', output: 'array' };
    return Buffer.from(sm4.decrypt(Array.from(sealed.data), key.subarray(16).toString('hex'), options));
  },
};

const foreign = {
  alg: 'rsa-oaep-aes-gcm',
  profile: 'rsa-sha256',
  sign: (text) => crypto.sign('sha256', Buffer.from(text), given.rsaPrivate),
  seal(clear) {
    const key = crypto.randomBytes(32);
    const iv = crypto.randomBytes(12);
    const cipher = crypto.createCipheriv('aes-256-gcm', key, iv);
    const data = Buffer.concat([cipher.update(clear), cipher.final()]);
    return { key: crypto.publicEncrypt({ key: given.gatewayRsa, ...oaep }, key), iv, data, tag: cipher.getAuthTag() };
  },
  open(sealed) {
    const key = crypto.privateDecrypt({ key: given.rsaPrivate, ...oaep }, sealed.key);
    const cipher = crypto.createDecipheriv('aes-256-gcm', key, sealed.iv);
    cipher.setAuthTag(sealed.tag);
    return Buffer.concat([cipher.update(sealed.data), cipher.final()]);
  },
};

const way = given.way === 'national' ? national : foreign;
const parts = way.seal(Buffer.from(given.clear, 'utf8'));
const envelope = { alg: way.alg, kid: given.kid, cty: 'application/json' };
for (const [name, bytes] of Object.entries(parts)) envelope[name] = bytes.toString('base64');
const body = Buffer.from(JSON.stringify(envelope));
const timestamp = String(Date.now());
const nonce = crypto.randomBytes(16).toString('hex');
const text = ['POST', '/sealed', '', sm3(Array.from(body)), 'app-keys', timestamp, nonce].join('\n');
const answer = await fetch(given.gateway + '/sealed', {
  method: 'POST',
  body,
  headers: {
    'Content-Type': 'application/vnd.tongmai.envelope+json',
    'X-Tongmai-App': 'app-keys',
    'X-Tongmai-Timestamp': timestamp,
    'X-Tongmai-Nonce': nonce,
    'X-Tongmai-Signature-Profile': way.profile,
    'X-Tongmai-Signature': way.sign(text).toString('base64'),
  },
});
const fields = JSON.parse(await answer.text());
const sealed = Object.fromEntries(['key', 'iv', 'tag', 'data'].map((n) => [n, Buffer.from(fields[n] ?? '', 'base64')]));
console.log(JSON.stringify({
  status: answer.status,
  type: answer.headers.get('content-type'),
  fields: fields.alg ? { alg: fields.alg, kid: fields.kid, cty: fields.cty } : fields,
  clear: fields.alg ? way.open(sealed).toString('utf8') : '',
}));
