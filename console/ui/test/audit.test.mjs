// The page Audit in a real browser. Wants a running platform as it is after its first start, named as browser.mjs says, and
//   AUDIT_PASSWORD      password of the account "audit-administrator"
//   VIEWER_PASSWORD, OPERATOR_PASSWORD, SECURITY_PASSWORD    of "viewer", "operator", "security-administrator"
//   ALTERED             empty, or node/block/record of a record that somebody altered: then what is found of it is tested
import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { after, before, describe, it } from 'node:test'
import { base, login, needsConsole, openBrowser, picture } from './browser.mjs'

const WIDE = { width: 1920, height: 1080 }
const NORMAL = { width: 1280, height: 900 }
const NARROW = { width: 760, height: 1000 }
const REFUSED = {
  viewer: process.env.VIEWER_PASSWORD,
  operator: process.env.OPERATOR_PASSWORD,
  'security-administrator': process.env.SECURITY_PASSWORD,
}
const [node, block, record] = (process.env.ALTERED ?? '').split('/')
const isAltered = node !== ''

const link = page => page.getByRole('link', { name: /Audit/ }).first()
const rows = page => page.locator('tr[data-record]')
const tab = (page, name) => page.getByRole('tab', { name }).click()
const field = (page, id) => page.locator(`#tongmai-audit-${id}`)

async function openAudit(page) {
  await link(page).click()
  await page.getByTestId('tongmai-audit').getByRole('tab').first().waitFor()
}

/** Searches, and waits for the answer. */
async function search(page) {
  await Promise.all([
    page.waitForResponse(answer => answer.url().includes('/api/audit?')),
    page.getByRole('button', { name: '查询', exact: true }).click(),
  ])
  await page.locator('[aria-busy="false"]').first().waitFor()
}

async function verify(page) {
  await tab(page, '校验')
  await page.getByTestId('tongmai-verify').click()
  await page.locator('[data-stage="DONE"]').waitFor({ timeout: 60_000 })
}

/** A picture of a narrow window, without Hawtio's list of pages over it. */
async function narrowPicture(page, name) {
  await page.setViewportSize(NARROW)
  if (await link(page).isVisible()) {
    await page.locator('.pf-v6-c-masthead__toggle button').click()
    await link(page).waitFor({ state: 'hidden' })
  }
  await picture(page, name)
  await page.setViewportSize(NORMAL)
}

const asItIs = () => {
  let auditor
  let other

  before(async () => {
    auditor = await openBrowser()
    await login(auditor.page, 'audit-administrator', process.env.AUDIT_PASSWORD)
    // More than one page of records: each search is two.
    for (let i = 0; i < 30; i++) {
      await auditor.page.request.get(`${base}/api/audit?limit=1`)
    }
    await openAudit(auditor.page)
  })
  after(async () => {
    await auditor?.close()
    await other?.close()
  })

  it('is for the audit administrator alone: offered to nobody else, refused by the server, and says so', async () => {
    for (const [name, password] of Object.entries(REFUSED)) {
      other = await openBrowser()
      const { page, complaints } = other
      await login(page, name, password)
      await page.getByRole('link', { name: /Accounts/ }).first().waitFor()
      assert.equal(await page.getByRole('link', { name: /Audit/ }).count(), 0, name)
      for (const path of ['', '/verify', '/keys', '/acts', '/holding', '/records/node/1/1']) {
        assert.equal((await page.request.get(`${base}/api/audit${path}`)).status(), 403, `${name} ${path}`)
      }
      // Where nobody could tell the roles, the page itself does.
      await page.route('**/api/session', route => route.abort(), { times: 1 })
      await page.goto(`${base}/actuator/hawtio/audit`)
      await page.getByTestId('tongmai-not-for-you').getByText('只有审计管理员可以查看').waitFor()
      await picture(page, 'audit-not-for-you-zh')
      assert.deepEqual(complaints, [])
      await other.close()
    }
  })

  it('lists the records newest first, with what acts are called', async () => {
    const { page } = auditor
    await rows(page).first().waitFor()
    assert.ok((await rows(page).count()) > 5)
    await page.locator('tr[data-act="audit.search"]').first().getByText('审计日志查询', { exact: true }).waitFor()
    const times = await rows(page).locator('td:first-child').allInnerTexts()
    assert.ok(times[0] >= times[times.length - 1], 'newest first')
    await picture(page, 'audit-zh')
    await page.setViewportSize(WIDE)
    await picture(page, 'audit-wide-zh')
    await page.setViewportSize(NORMAL)
    await narrowPicture(page, 'audit-narrow-zh')
  })

  it('finds by act, who and outcome, goes through pages, and says when nothing fits', async () => {
    const { page } = auditor
    await field(page, 'act').selectOption('login')
    await field(page, 'actor').fill('operator')
    await search(page)
    await rows(page).first().waitFor()
    assert.deepEqual(new Set(await rows(page).evaluateAll(all => all.map(row => row.dataset.act))), new Set(['login']))
    await field(page, 'actor').fill('nobody-of-this-name')
    await search(page)
    await page.getByText('没有符合条件的记录').waitFor()
    await picture(page, 'audit-empty-zh')
    await page.getByRole('button', { name: '清除条件' }).click()
    await field(page, 'kind').selectOption('ADMINISTRATION')
    await search(page)
    await rows(page).first().waitFor()
    const [first, next] = [rows(page).first(), page.getByRole('button', { name: '下一页' })]
    const newest = await first.getAttribute('data-record')
    await next.click()
    await page.getByText('第 2 页').waitFor()
    await page.waitForFunction(was => document.querySelector('tr[data-record]')?.dataset.record !== was, newest)
    await page.getByRole('button', { name: '上一页' }).click()
    await page.getByText('第 1 页').waitFor()
    await page.getByRole('button', { name: '清除条件' }).click()
  })

  it('shows one record with its number, its digests and the signature over it, and the other of its request', async () => {
    const { page } = auditor
    await field(page, 'act').selectOption('audit.search')
    await field(page, 'outcome').fill('200')
    await search(page)
    await rows(page).last().getByRole('button').click()
    const shown = page.getByTestId('tongmai-record')
    await shown.getByTestId('tongmai-intact').waitFor()
    const digests = await shown.locator('.tongmai-digest').allInnerTexts()
    assert.ok(digests.length >= 4)
    digests.forEach(digest => assert.match(digest, /^[0-9a-f]{64}$/))
    assert.match(await shown.getByText('audit.search ⇥ audit-administrator').innerText(), /GET \/api\/audit ⇥ 200/)
    await picture(page, 'audit-record-zh')
    await narrowPicture(page, 'audit-record-narrow-zh')
    await shown.getByTitle('同一请求的记录').click()
    await page.locator('tr[data-act="audit.search"] [data-outcome="begun"]').waitFor()
    assert.equal(await rows(page).count(), 2)
    await page.getByRole('button', { name: '清除条件' }).click()
  })

  it('says plainly that there is no such record', async () => {
    const { page } = auditor
    await page.goto(`${base}/actuator/hawtio/audit?tab=records&node=none&block=1&record=1`)
    await page.getByText(/TM-CONSOLE-0055 没有这条审计记录/).waitFor()
    await page.getByTestId('tongmai-record').getByRole('button', { name: '审计记录', exact: true }).click()
    await rows(page).first().waitFor()
  })

  it('exports what is found as a file that a spreadsheet reads', async () => {
    const { page } = auditor
    await field(page, 'act').selectOption('login')
    await search(page)
    const [file] = await Promise.all([page.waitForEvent('download'), page.getByRole('button', { name: '导出 CSV' }).click()])
    const text = readFileSync(await file.path(), 'utf8')
    assert.ok(text.startsWith('\ufeffat,node,block,record,act,actor,'))
    assert.match(text, /,login,audit-administrator,127\.0\.0\.1,console,done,/)
    assert.equal(text.trimEnd().split('\r\n').length - 1, await rows(page).count())
    await page.getByText(/已导出 \d+ 条/).waitFor()
  })

  it('verifies on the server what is there, and goes on while another page is looked at', async () => {
    const { page } = auditor
    await tab(page, '校验')
    let isHeld = true
    let release
    const held = new Promise(done => (release = done))
    await page.route('**/api/audit/verify**', async route => {
      if (isHeld) {
        isHeld = false
        await held
      }
      await route.continue()
    })
    await page.getByTestId('tongmai-verify').click()
    await page.locator('[data-stage="RUNS"]').waitFor()
    assert.ok(await page.getByTestId('tongmai-verify').isDisabled(), 'one at a time')
    await page.getByRole('link', { name: /Messages/ }).first().click()
    await page.getByTestId('tongmai-messages').waitFor()
    release()
    await openAudit(page)
    await tab(page, '校验')
    await page.locator('[data-stage="DONE"]').waitFor()
    await page.unroute('**/api/audit/verify**')
    await page.getByTestId('tongmai-verdict').getByText('所读的一切都与写入时一致').waitFor()
    assert.match(await page.locator('tr[data-chain]').first().innerText(), /数据库之外的文件\s+已比对/)
    await picture(page, 'audit-verified-zh')
  })

  it('says that others read the log, and waits for them', async () => {
    const { page } = auditor
    let asked = 0
    await page.route('**/api/audit/verify**', async route => {
      asked++
      await (asked > 1
        ? route.continue()
        : route.fulfill({ status: 429, contentType: 'application/problem+json', json: { code: 'TM-CONSOLE-0056' } }))
    })
    await page.getByTestId('tongmai-verify').click()
    await page.locator('[data-stage="WAITS"]').waitFor()
    await page.locator('[data-stage="DONE"]').waitFor()
    await page.unroute('**/api/audit/verify**')
    assert.equal(asked, 2)
  })

  it('tells how long what is kept, and which keys sign', async () => {
    const { page } = auditor
    await tab(page, '保存期')
    const held = page.getByTestId('tongmai-holding')
    await held.getByText('180 天').waitFor()
    await page.getByRole('grid', { name: '按天（UTC+8）' }).or(page.getByRole('table', { name: '按天（UTC+8）' })).first().waitFor()
    await picture(page, 'audit-holding-zh')
  })

  it('speaks English', async () => {
    const { page } = auditor
    await page.locator('#tongmai-en').click()
    await tab(page, 'Verify')
    await page.getByTestId('tongmai-verdict').getByText('Intact').waitFor()
    await tab(page, 'Records')
    await rows(page).first().waitFor()
    await picture(page, 'audit-en')
    await rows(page).first().getByRole('button').click()
    await page.getByTestId('tongmai-intact').waitFor()
    await picture(page, 'audit-record-en')
    await page.locator('#tongmai-zh').click()
    assert.deepEqual(auditor.complaints, [])
  })

  it('says that a page has failed where it would be white, and loads it again', async () => {
    const { page } = auditor
    await tab(page, '审计记录')
    await page.route('**/api/audit?**', route => route.fulfill({ json: { items: [{}], next: '' } }))
    await page.reload()
    const broken = page.getByTestId('tongmai-broken')
    await broken.getByText('页面出错').waitFor()
    await picture(page, 'page-broken-zh')
    await link(page).waitFor() // Hawtio around it stays
    await page.unroute('**/api/audit?**')
    await broken.getByRole('button', { name: '重新加载' }).click()
    await rows(page).first().waitFor()
  })
}

const altered = () => {
  let auditor

  before(async () => {
    auditor = await openBrowser()
    await login(auditor.page, 'audit-administrator', process.env.AUDIT_PASSWORD)
    await openAudit(auditor.page)
  })
  after(() => auditor?.close())

  it('is found by verifying, with its number, what was found and what was written, and leads to it', async () => {
    const { page, complaints } = auditor
    await verify(page)
    await page.getByTestId('tongmai-verdict').getByText('不完整').waitFor()
    const found = page.locator('tr[data-finding="RECORD"]').first()
    const text = await found.innerText()
    assert.match(text, new RegExp(`${node}[\\s\\S]*第 ${block} 块第 ${record} 条`))
    assert.match(text, /实际 [0-9a-f]{8}[\s\S]*应为 [0-9a-f]{8}/)
    await picture(page, 'audit-altered-zh')
    await narrowPicture(page, 'audit-altered-narrow-zh')
    await found.getByRole('button', { name: '查看' }).click()
    await page.getByTestId('tongmai-altered').locator('[data-finding="RECORD"]').waitFor()
    await picture(page, 'audit-altered-record-zh')
    assert.deepEqual(complaints, [])
  })
}

describe(isAltered ? 'Audit, of an altered record' : 'Audit', needsConsole, isAltered ? altered : asItIs)
