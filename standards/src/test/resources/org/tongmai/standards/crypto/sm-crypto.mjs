// What sm-crypto makes of what it is given, and what it makes itself. Lines of the input: key, value.
import { readFileSync } from 'node:fs';
import smCrypto from 'sm-crypto';

const { sm2, sm3, sm4 } = smCrypto;
const given = JSON.parse(readFileSync(process.argv[2], 'utf8'));
const { text, privateKey, publicKey, userId, sm4Key, iv } = given;
const bytes = Array.from(Buffer.from(text, 'utf8'));

console.log(JSON.stringify({
  publicKey: sm2.getPublicKeyFromPrivateKey(privateKey),
  verifiesRaw: sm2.doVerifySignature(text, given.raw, publicKey, { hash: true, userId }),
  verifiesDer: sm2.doVerifySignature(text, given.der, publicKey, { hash: true, der: true, userId }),
  verifiesOther: sm2.doVerifySignature(text + ' ', given.raw, publicKey, { hash: true, userId }),
  raw: sm2.doSignature(text, privateKey, { hash: true, publicKey, userId }),
  der: sm2.doSignature(text, privateKey, { hash: true, der: true, publicKey, userId }),
  opened132: sm2.doDecrypt(given.c1c3c2, privateKey, 1),
  opened123: sm2.doDecrypt(given.c1c2c3, privateKey, 0),
  c1c3c2: sm2.doEncrypt(text, publicKey, 1),
  c1c2c3: sm2.doEncrypt(text, publicKey, 0),
  sm3: sm3(bytes),
  hmac: sm3(bytes, { key: sm4Key }),
  ecb: sm4.encrypt(bytes, sm4Key),
  cbc: sm4.encrypt(bytes, sm4Key, { mode: 'cbc', iv }),
}));
