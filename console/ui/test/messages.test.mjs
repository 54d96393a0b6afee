// The page Messages in a real browser. Wants a running console, named as browser.mjs says, and
//   OPERATOR_PASSWORD   password of the account "operator"
//   VIEWER_PASSWORD     password of the account "viewer"
import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { login, needsConsole, openBrowser, picture } from './browser.mjs'

const rows = page => page.locator('tr[data-message]')

async function openMessages(page) {
  await page.getByRole('link', { name: /Messages/ }).first().click()
  await rows(page).first().waitFor()
}

describe('Messages, in an English browser', needsConsole, () => {
  it('speaks English as the login page does', async () => {
    const session = await openBrowser('en-US')
    await login(session.page, 'viewer', process.env.VIEWER_PASSWORD)
    await openMessages(session.page)
    await session.page.getByRole('heading', { name: 'Messages', exact: true }).waitFor()
    await session.close()
  })
})

describe('Messages, as an operator', needsConsole, () => {
  let session

  before(async () => {
    session = await openBrowser()
    await login(session.page, 'operator', process.env.OPERATOR_PASSWORD)
    await openMessages(session.page)
  })
  after(() => session?.close())

  it('lists messages in Chinese, newest first', async () => {
    const { page } = session
    await page.getByRole('heading', { name: '消息', exact: true }).waitFor()
    assert.ok((await rows(page).count()) > 0)
    await picture(page, 'messages-zh')
  })

  it('turns pages there and back', async () => {
    const { page } = session
    const older = page.getByRole('button', { name: '下一页' })
    if (await older.isDisabled()) {
      return
    }
    const first = await rows(page).first().getAttribute('data-message')
    await older.click()
    await page.waitForFunction(id => document.querySelector('tr[data-message]')?.dataset.message !== id, first)
    await page.getByRole('button', { name: '上一页' }).click()
    await page.waitForFunction(id => document.querySelector('tr[data-message]')?.dataset.message === id, first)
  })

  it('searches by state and by control id, with the keyboard alone', async () => {
    const { page } = session
    await page.locator('#tongmai-state').focus()
    await page.keyboard.press('Enter')
    await page.getByRole('menuitem', { name: '已送达' }).or(page.getByLabel('已送达')).first().click()
    await page.keyboard.press('Escape')
    await page.getByRole('button', { name: '查询' }).click()
    await page.waitForFunction(() => {
      const labels = [...document.querySelectorAll('tr[data-message] [data-state]')]
      return labels.length > 0 && labels.every(label => label.dataset.state === 'DELIVERED')
    })
    const controlId = (await rows(page).first().locator('button').first().innerText()).trim()
    await page.locator('#tongmai-controlId').focus()
    await page.keyboard.type(controlId)
    await page.keyboard.press('Enter')
    await page.waitForFunction(
      id => [...document.querySelectorAll('tr[data-message] button')].every(b => b.textContent.trim() === id),
      controlId,
    )
    await picture(page, 'messages-search-zh')
  })

  it('opens a journey: received, canonical, deliveries', async () => {
    const { page } = session
    await rows(page).first().locator('button').first().press('Enter')
    const journey = page.getByTestId('tongmai-journey')
    for (const step of ['接收', '标准化', '投递']) {
      await journey.getByRole('heading', { name: step, exact: true }).waitFor()
    }
    assert.ok((await journey.locator('a[href^="/fhir/"]').count()) > 0)
    await page.waitForTimeout(300)
    await picture(page, 'journey-zh')
  })

  it('shows the raw message, one segment a line', async () => {
    const { page } = session
    await page.getByRole('button', { name: '查看原始报文' }).click()
    const raw = page.getByTestId('tongmai-raw')
    await raw.waitFor()
    assert.match(await raw.locator('li').first().innerText(), /^MSH\|/)
    await raw.scrollIntoViewIfNeeded()
    await picture(page, 'raw-zh')
  })

  it('replays after a question, and leads to the child', async () => {
    const { page } = session
    await page.getByTestId('tongmai-replay').click()
    await page.getByRole('dialog').waitFor()
    await picture(page, 'replay-question-zh')
    await page.getByTestId('tongmai-confirm').click()
    await page.getByText('已重放，子消息：').waitFor()
    await picture(page, 'replayed-zh')
  })

  it('speaks English when asked, and remembers it', async () => {
    const { page } = session
    await page.locator('#tongmai-en').click()
    await page.getByTestId('tongmai-journey').getByRole('heading', { name: 'Deliveries', exact: true }).waitFor()
    const text = await page.getByTestId('tongmai-messages').innerText()
    assert.doesNotMatch(text.replace('中文', '').replace(/[（(].*[)）]/g, '').split('MSH|')[0], /[一-鿿]/)
    await picture(page, 'journey-en')
    await page.reload()
    await page.getByTestId('tongmai-journey').getByRole('heading', { name: 'Received', exact: true }).waitFor()
    await page.locator('#tongmai-zh').click()
  })

  it('shows Hawtio who is logged in, and no script complains', async () => {
    const { page, complaints } = session
    await page.getByRole('button', { name: /operator/ }).first().waitFor()
    assert.deepEqual(complaints, [])
  })
})

describe('Messages, as a viewer', needsConsole, () => {
  let session

  before(async () => {
    session = await openBrowser()
    await login(session.page, 'viewer', process.env.VIEWER_PASSWORD)
    await openMessages(session.page)
  })
  after(() => session?.close())

  it('is shown masked identifiers, no replay and no raw message', async () => {
    const { page } = session
    const identifiers = await page.locator('td.tongmai-identifier').allInnerTexts()
    identifiers.filter(text => text !== '无').forEach(text => assert.match(text, /\*\*\*\*/))
    await rows(page).first().locator('button').first().click()
    await page.getByTestId('tongmai-journey').getByRole('heading', { name: '接收', exact: true }).waitFor()
    await page.getByText('您的角色不能查看原始报文').waitFor()
    assert.equal(await page.getByTestId('tongmai-replay').count(), 0)
    await picture(page, 'viewer-journey-zh')
  })
})
