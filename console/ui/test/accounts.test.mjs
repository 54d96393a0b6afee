// The page Accounts in a real browser. Wants a running platform as it is after its first start, named as browser.mjs says,
// and
//   SECURITY_PASSWORD   password of the account "security-administrator"
//   VIEWER_PASSWORD     password of the account "viewer"
import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { base, login, needsConsole, openBrowser, picture } from './browser.mjs'
import { atTheBeginningOfAStep, code, scanned } from './totp.mjs'

const WIDE = { width: 1920, height: 1080 }
const NORMAL = { width: 1280, height: 900 }
const NARROW = { width: 760, height: 1000 }
const NAME = 'new-colleague'
const OWN_WORD = 'Blue-kettle-7788'

const row = (page, name) => page.locator(`tr[data-account="${name}"]`)
const dialog = page => page.getByRole('dialog')

async function openAccounts(page) {
  await page.getByRole('link', { name: /Accounts/ }).first().click()
  await page.getByTestId('tongmai-accounts').getByRole('heading', { level: 2 }).or(page.locator('tr[data-account]')).first().waitFor()
}

/** A picture of a narrow window, without Hawtio's list of pages over it. */
async function narrowPicture(page, name, place) {
  await page.setViewportSize(NARROW)
  const pages = page.getByRole('link', { name: /Accounts/ }).first()
  if (await pages.isVisible()) {
    await page.locator('.pf-v6-c-masthead__toggle button').click()
    await pages.waitFor({ state: 'hidden' })
  }
  await place.scrollIntoViewIfNeeded()
  await picture(page, name)
  await page.setViewportSize(NORMAL)
}

/** Fills in the login page, whatever it leads to. */
async function submitLogin(page, name, password, oneTimeCode = '') {
  if (oneTimeCode === '') {
    await page.goto(`${base}/login`)
  }
  await page.fill('#username', name)
  await page.fill('#password', password)
  if (oneTimeCode !== '') {
    await page.fill('#code', oneTimeCode)
  }
  await page.click('button[type=submit]')
}

async function loginWithCode(page, oneTimeCode) {
  await submitLogin(page, NAME, OWN_WORD)
  await page.waitForURL(/\/login\?code/)
  await submitLogin(page, NAME, OWN_WORD, oneTimeCode)
  await page.waitForURL(/\/actuator\/hawtio\//)
}

/** Acts on the opened account, and says yes. */
async function act(page, name) {
  await page.locator(`[data-act="${name}"]`).click()
  await page.getByTestId('tongmai-confirm').click()
  await dialog(page).waitFor({ state: 'detached' })
}

/** What the server answers the page's session. */
const status = async (page, path) => (await page.request.get(base + path)).status()

describe('Accounts', needsConsole, () => {
  let security
  let person
  let once
  let secret
  let recovery
  const addresses = []

  before(async () => {
    security = await openBrowser()
    person = await openBrowser()
    person.page.on('request', request => addresses.push(request.url()))
    await login(security.page, 'security-administrator', process.env.SECURITY_PASSWORD)
    await openAccounts(security.page)
  })
  after(async () => {
    await security?.close()
    await person?.close()
  })

  it('lists every account to the security administrator, and finds by text, role and state', async () => {
    const { page } = security
    await row(page, 'viewer').locator('[data-mark="ACTIVE"]').waitFor()
    assert.equal(await page.locator('tr[data-account]').count(), 8)
    await page.locator('#tongmai-account-role').selectOption('AUDIT_ADMINISTRATOR')
    assert.deepEqual(await page.locator('tr[data-account] button').allInnerTexts(), ['audit-administrator'])
    await page.locator('#tongmai-account-role').selectOption('')
    await page.setViewportSize(WIDE)
    await picture(page, 'accounts-wide-zh')
    await page.setViewportSize(NORMAL)
  })

  it('refuses two of the three administrators in one account, with the code, and makes one with a one-time password', async () => {
    const { page } = security
    await page.getByRole('button', { name: '新建账户' }).click()
    await page.locator('#tongmai-new-name').fill(NAME)
    await page.locator('#tongmai-new-display-name').fill('测试甲')
    await page.locator('#tongmai-role-ADMINISTRATOR').check()
    await page.locator('#tongmai-role-SECURITY_ADMINISTRATOR').check()
    await page.getByTestId('tongmai-confirm').click()
    await dialog(page).getByText(/TM-CONSOLE-0046 .*三员分立/).waitFor()
    await picture(page, 'accounts-refused-zh')
    await page.locator('#tongmai-role-ADMINISTRATOR').uncheck()
    await page.locator('#tongmai-role-SECURITY_ADMINISTRATOR').uncheck()
    await page.locator('#tongmai-role-OPERATOR').check()
    await page.getByTestId('tongmai-confirm').click()
    once = await page.getByTestId('tongmai-once').innerText()
    await picture(page, 'accounts-once-zh')
    await page.getByTestId('tongmai-noted').click()
    await row(page, NAME).locator('[data-mark="ONE_TIME"]').waitFor()
    assert.ok(!(await page.content()).includes(once), 'it is shown once')
  })

  it('makes the new account change its password before anything else', async () => {
    const { page } = person
    await submitLogin(page, NAME, once)
    await page.waitForURL(/\/own\/password/)
    await page.fill('#current', once)
    await page.fill('#replacement', OWN_WORD)
    await page.fill('#again', OWN_WORD)
    await page.click('button[type=submit]')
    await page.waitForURL(/\/login\?changed/)
    await submitLogin(page, NAME, OWN_WORD)
    await page.waitForURL(/\/actuator\/hawtio\//)
  })

  it('shows to who does not govern accounts the own one alone', async () => {
    const { page } = person
    await openAccounts(page)
    await page.getByTestId('tongmai-own').waitFor()
    assert.equal(await page.getByRole('tab').count(), 0)
    assert.equal(await status(page, '/api/accounts'), 403)
    assert.equal(await status(page, '/api/accounts/viewer/sessions'), 403)
    await page.locator('tr[data-session]').first().waitFor()
    assert.equal(await page.locator('tr[data-session]').count(), 1)
    await page.setViewportSize(WIDE)
    await picture(page, 'own-wide-zh')
    await page.setViewportSize(NORMAL)
  })

  it('looks at each rule of a new password, and says what the server refuses', async () => {
    const { page } = person
    const form = page.getByTestId('tongmai-own-password')
    await form.locator('#tongmai-replacement').fill('short')
    await form.locator('[data-rule="length"].tongmai-bad').waitFor()
    await form.locator('[data-rule="named"].tongmai-met').waitFor()
    await form.locator('#tongmai-replacement').fill('Another-word-1234')
    await form.locator('[data-rule="length"].tongmai-met').waitFor()
    await form.locator('#tongmai-again').fill('Another-word-1234')
    await form.locator('#tongmai-current').fill('wrong')
    await form.getByRole('button').click()
    await form.getByText('TM-CONSOLE-0002 当前密码不正确').waitFor()
    for (const id of ['replacement', 'again', 'current']) {
      await form.locator(`#tongmai-${id}`).fill(OWN_WORD)
    }
    await form.getByRole('button').click()
    await form.getByText(/TM-CONSOLE-0011/).waitFor()
    await picture(page, 'own-password-zh')
  })

  it('enrols one-time codes by a QR code that a camera reads, and a code', async () => {
    const { page } = person
    const form = page.getByTestId('tongmai-factor')
    await form.locator('#tongmai-factor-current').fill(OWN_WORD)
    await form.getByRole('button', { name: '开始登记' }).click()
    secret = (await form.getByTestId('tongmai-secret').innerText()).replaceAll(' ', '')
    assert.equal(
      await scanned(form.locator('svg.tongmai-qr')),
      `otpauth://totp/Tongmai:${NAME}?secret=${secret}&issuer=Tongmai&digits=6&period=30`,
    )
    await form.scrollIntoViewIfNeeded()
    await picture(page, 'enrol-zh')
    await narrowPicture(page, 'enrol-narrow-zh', form)
    await atTheBeginningOfAStep()
    const right = code(secret, -1)
    await form.locator('#tongmai-code').fill(right === '000000' ? '111111' : '000000')
    await form.getByRole('button', { name: '启用', exact: true }).click()
    await form.getByText(/TM-CONSOLE-0049/).waitFor()
    await form.locator('#tongmai-code').fill(right)
    await form.getByRole('button', { name: '启用', exact: true }).click()
    await page.getByTestId('tongmai-recovery').waitFor()
    recovery = await page.getByTestId('tongmai-recovery').locator('code').allInnerTexts()
    assert.equal(recovery.length, 10)
    await picture(page, 'recovery-zh')
    // All sessions have ended. As Hawtio does when its server refuses it: that must not lead away from codes told once.
    assert.equal(await status(page, '/api/session'), 401)
    const leaving = []
    page.once('dialog', question => {
      leaving.push(question.type())
      return question.dismiss()
    })
    await page.evaluate(() => window.TongmaiShared.hawtio.userService.logout())
    assert.equal((await page.getByTestId('tongmai-recovery').locator('code').allInnerTexts()).length, 10)
    const kept = await page.evaluate(() => JSON.stringify([localStorage, sessionStorage, history.state, document.cookie]))
    for (const word of [secret, OWN_WORD, once, ...recovery]) {
      assert.ok(!kept.includes(word), 'nothing of it is in the browser’s storage')
      assert.ok(!addresses.some(address => address.includes(encodeURIComponent(word))), 'nor in an address')
    }
    assert.deepEqual(leaving, [], 'nothing tried to lead away')
    await page.getByTestId('tongmai-leave').click()
    await page.waitForURL(/\/login/)
  })

  it('asks for a code at the next login, and shows it to the security administrator', async () => {
    await loginWithCode(person.page, code(secret))
    await openAccounts(person.page)
    await person.page.locator('[data-factor="on"]').first().waitFor()
    const { page } = security
    await row(page, NAME).getByRole('button').first().click()
    const account = page.getByTestId('tongmai-account')
    await account.locator('[data-factor="on"]').waitFor()
    await account.locator('tr[data-session]').first().waitFor()
    assert.equal(await account.locator('tr[data-session]').count(), 1)
    await picture(page, 'account-zh')
    await narrowPicture(page, 'account-narrow-zh', account)
  })

  it('ends one session, and a recovery code opens another', async () => {
    const { page } = security
    await person.page.goto('about:blank') // its page would lead to the login by itself, and here somebody else does
    await page.getByTestId('tongmai-account').locator('tr[data-session]').getByRole('button').click()
    await page.getByText('没有打开的会话').waitFor()
    assert.equal(await status(person.page, '/api/session'), 401)
    await loginWithCode(person.page, recovery[0])
    await openAccounts(person.page) // so that nothing of a page is still on its way when its session ends
  })

  it('changes roles, which leads to the login, and disables, so that nobody gets in with it', async () => {
    const { page } = security
    await page.locator('[data-act="roles"]').click()
    await dialog(page).locator('#tongmai-role-VIEWER').check()
    await page.getByTestId('tongmai-confirm').click()
    await dialog(page).waitFor({ state: 'detached' })
    await person.page.goto(`${base}/actuator/hawtio/`)
    await person.page.waitForURL(/\/login/)
    await act(page, 'disable')
    await page.getByTestId('tongmai-account').locator('[data-mark="DISABLED"]').waitFor()
    await submitLogin(person.page, NAME, OWN_WORD)
    await person.page.waitForURL(/\/login\?error/)
    await act(page, 'enable')
    await act(page, 'remove-second-factor')
    await page.locator('[data-act="reset-password"]').click()
    // That the list can not be read just then takes away nothing that is shown once.
    await page.route('**/api/accounts', route => route.abort())
    const unread = page.waitForEvent('requestfailed', request => request.url().endsWith('/api/accounts'))
    await page.getByTestId('tongmai-confirm').click()
    await unread
    await page.getByText('请求失败').waitFor()
    assert.notEqual(await page.getByTestId('tongmai-once').innerText(), once)
    await page.unroute('**/api/accounts')
    await page.getByTestId('tongmai-noted').click()
    await page.getByRole('button', { name: '重试' }).click()
    await page.getByTestId('tongmai-account').locator('[data-mark="ONE_TIME"]').waitFor()
  })

  it('leaves the own roles to another security administrator', async () => {
    const { page } = security
    await page.getByRole('button', { name: '全部账户' }).click()
    await row(page, 'security-administrator').getByRole('button').first().click()
    for (const own of ['roles', 'reset-password']) {
      assert.ok(await page.locator(`[data-act="${own}"]`).isDisabled())
    }
    await page.locator('[data-act="disable"]').click()
    await page.getByTestId('tongmai-confirm').click()
    await dialog(page).getByText(/TM-CONSOLE-0048/).waitFor()
    await page.keyboard.press('Escape')
  })

  it('speaks English', async () => {
    const { page } = security
    await page.locator('#tongmai-en').click()
    await page.getByRole('button', { name: 'Change roles' }).waitFor()
    await picture(page, 'account-own-en')
    await page.getByRole('button', { name: 'All accounts', exact: true }).click()
    await row(page, 'viewer').waitFor()
    const text = await page.getByTestId('tongmai-accounts').innerText()
    assert.doesNotMatch(text.replace('中文', '').replace('测试甲', ''), /[一-鿿]/)
    await picture(page, 'accounts-en')
    await narrowPicture(page, 'accounts-narrow-en', row(page, 'viewer'))
    await page.getByRole('button', { name: 'New account' }).click()
    await page.locator('#tongmai-new-name').fill('Not A Name')
    await page.locator('#tongmai-role-VIEWER').check()
    await page.getByTestId('tongmai-confirm').click()
    await dialog(page).getByText(/TM-CONSOLE-0045 no account/).waitFor()
    await picture(page, 'accounts-create-en')
    await page.keyboard.press('Escape')
    await page.getByRole('tab', { name: 'My account' }).click()
    await page.getByTestId('tongmai-own').waitFor()
    await picture(page, 'own-en')
    assert.deepEqual([...security.complaints, ...person.complaints], [])
  })

  it('draws the QR code on the page of a login that counts for nothing else', async () => {
    const { page } = person
    await submitLogin(page, 'viewer', process.env.VIEWER_PASSWORD)
    await page.waitForURL(/\/actuator\/hawtio\//)
    await page.goto(`${base}/own/second-factor`)
    await page.fill('#current', process.env.VIEWER_PASSWORD)
    await page.click('button[type=submit]')
    const typed = (await page.locator('#secret').innerText()).replaceAll(' ', '')
    assert.match(await scanned(page.locator('#qr svg')), new RegExp(`^otpauth://totp/Tongmai:viewer\\?secret=${typed}&`))
    await picture(page, 'own-page-zh')
  })
})
