// What the page Accounts works out, without a browser.
import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { load } from '../load.mjs'
import { code, scan } from '../totp.mjs'

const { faultsOf, found, isMachine, marksOf } = await load('accounts/accounts.ts')
const { picture } = await load('qr.ts')
const { zhAccounts } = await load('accounts/words.ts')
const { enAccounts } = await load('accounts/wordsInEnglish.ts')

const account = (name, roles = ['VIEWER'], state = {}, credentials = {}) => ({
  name,
  roles,
  state: { enabled: true, locked: false, lockedUntil: null, failedAttempts: 0, limit: 'NONE', ...state },
  credentials: { passwordSince: '2026-01-01T00:00:00Z', oneTimePassword: false, secondFactor: false, ...credentials },
  person: { displayName: `测试 ${name.toUpperCase()}`, lastLoginAt: null },
})

describe('The state of an account', () => {
  it('says every reason for which it can not log in or has something to do, and only then that it is active', () => {
    const cases = [
      [{}, {}, ['ACTIVE']],
      [{ enabled: false, locked: true }, {}, ['DISABLED', 'LOCKED']],
      [{ limit: 'CHANGE_PASSWORD' }, { oneTimePassword: true }, ['ONE_TIME']],
      [{ limit: 'CHANGE_PASSWORD' }, {}, ['OUTDATED']],
      [{ limit: 'ENROL_SECOND_FACTOR', locked: true }, {}, ['LOCKED', 'FACTOR_MISSING']],
      [{ limit: 'NONE' }, { oneTimePassword: true }, ['ACTIVE']],
    ]
    cases.forEach(([state, credentials, marks]) =>
      assert.deepEqual(marksOf(account('a', ['VIEWER'], state, credentials)), marks),
    )
  })

  it('is a machine where all its roles are', () => {
    assert.ok(isMachine(account('a', ['SERVICE', 'SENDER'])))
    assert.ok(!isMachine(account('a', ['SERVICE', 'VIEWER'])))
    assert.ok(!isMachine(account('a', [])))
  })
})

describe('A search for accounts', () => {
  const all = [account('zhang'), account('wang', ['OPERATOR', 'VIEWER']), account('feed', ['SENDER'], { enabled: false })]
  const names = wanted => found(all, { text: '', role: '', mark: '', ...wanted }).map(({ name }) => name)

  it('goes by account and name in any case, by role and by state, and all of them together', () => {
    assert.deepEqual(names({}), ['zhang', 'wang', 'feed'])
    assert.deepEqual(names({ text: ' ANG ' }), ['zhang', 'wang'])
    assert.deepEqual(names({ text: '测试 w' }), ['wang'])
    assert.deepEqual(names({ role: 'VIEWER' }), ['zhang', 'wang'])
    assert.deepEqual(names({ mark: 'DISABLED' }), ['feed'])
    assert.deepEqual(names({ role: 'VIEWER', mark: 'DISABLED' }), [])
  })
})

describe('The rules of a new password', () => {
  const rule = { leastLength: 12, mostBytes: 72, leastDifferent: 6, leastClasses: 3, former: 5 }

  it('are each looked at as the server does', () => {
    const cases = [
      ['Long-enough-1234', []],
      ['short-1234', ['length']],
      ['aaaaaaaaaaaaabc', ['different', 'classes']],
      ['all-small-letters', ['classes']],
      ['my-Zhang-word-1', ['named']],
      ['通脉健康集成平台密码足够长了吧一共二十五个汉字A1', []],
      ['通脉健康集成平台密码足够长了吧一共二十五个汉字啊A1', ['bytes']],
      ['', ['length', 'different', 'classes']],
    ]
    cases.forEach(([password, faults]) => assert.deepEqual(faultsOf(password, 'zhang', rule), faults, password))
  })
})

describe('The QR code', () => {
  it('is read by a camera as what was written', () => {
    const uri = 'otpauth://totp/Tongmai:zhang?secret=JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP&issuer=Tongmai&digits=6&period=30'
    const { size, path } = picture(uri)
    const scale = 4
    const edge = size * scale
    const pixels = new Uint8ClampedArray(edge * edge * 4).fill(255)
    for (const [, x, y] of path.matchAll(/M(\d+) (\d+)h1v1h-1z/g)) {
      for (let i = 0; i < scale * scale; i++) {
        const at = ((y * scale + Math.floor(i / scale)) * edge + x * scale + (i % scale)) * 4
        pixels.fill(0, at, at + 3)
      }
    }
    assert.equal(scan(pixels, edge), uri)
  })

  it('is tested with the codes of RFC 6238', () => {
    assert.equal(code('GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ', 0, 1111111109_000), '081804') // appendix B, the last six digits
  })
})

describe('The words of the page', () => {
  it('say every refusal in both languages', () => {
    assert.deepEqual(Object.keys(enAccounts.code), Object.keys(zhAccounts.code))
  })
})
