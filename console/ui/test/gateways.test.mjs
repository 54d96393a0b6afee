// The page Gateways in a real browser. Wants a running platform on which no rules are published yet and where a node
// "quiet-node" has said nothing for an hour, named as browser.mjs says, and
//   USER_GATEWAY        where its user gateway listens
//   SECURITY_PASSWORD   password of the account "security-administrator"
//   VIEWER_PASSWORD     password of the account "viewer"
//   OPERATOR_PASSWORD   password of the account "operator"
//   GUARDIAN, WARD      ids of two Patients that the patient index knows
import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { after, before, describe, it } from 'node:test'
import { setTimeout as pause } from 'node:timers/promises'
import { base, login, needsConsole, openBrowser, picture } from './browser.mjs'
import { load } from './load.mjs'
import { answeringService, identityNumber, keys, token } from './users.mjs'

const RULES = readFileSync(new URL('data/gateway-rules.json', import.meta.url), 'utf8')
const USERS = 3
const CALLS = 7
const WIDE = { width: 1920, height: 1080 }
const NARROW = { width: 1280, height: 900 }
const security = () => process.env.SECURITY_PASSWORD

/** As a colleague at another desk: by REST. */
async function ask(method, path, body) {
  const authorization = `Basic ${Buffer.from(`security-administrator:${security()}`).toString('base64')}`
  const answer = await fetch(base + path, {
    method,
    headers: { authorization, 'content-type': 'application/json' },
    ...(body === undefined ? {} : { body }),
  })
  assert.equal(answer.status, 200, await answer.clone().text())
  return answer.json()
}

const inForce = async () => (await ask('GET', '/api/gateway/publications'))[0].revision
const published = async id => (await ask('GET', '/api/gateway/rules')).services.find(service => service.id === id)

async function openGateways(page) {
  await page.getByRole('link', { name: /Gateways/ }).first().click()
  await page.getByTestId('tongmai-gateways').getByRole('tab').first().waitFor()
}

const tab = (page, name) => page.getByRole('tab', { name, exact: true }).click()
const service = (page, id) => page.locator(`tr[data-service="${id}"]`)
const field = (page, path) => page.locator(`[data-field="${path}"]`)

async function edit(page, id) {
  await tab(page, '服务')
  await service(page, id).getByRole('button').first().click()
  await page.getByTestId('tongmai-service').getByRole('button', { name: '编辑', exact: true }).click()
  await page.getByTestId('tongmai-editor').waitFor()
}

async function publish(page, note) {
  await tab(page, '规则与发布')
  await page.locator('#tongmai-note').fill(note)
  await page.getByTestId('tongmai-publish').click()
}

describe('Gateways, as a security administrator', needsConsole, () => {
  let session
  let reports

  before(async () => {
    reports = await answeringService()
    session = await openBrowser()
    await login(session.page, 'security-administrator', security())
    await openGateways(session.page)
  })
  after(async () => {
    reports?.stop()
    await session?.close()
  })

  it('publishes the first rules as a document, after a look at what they add', async () => {
    const { page } = session
    await tab(page, '规则与发布')
    const rules = JSON.parse(RULES)
    rules.identityProviders[0].jwt.keys = keys
    rules.services.find(({ id }) => id === 'reports').transport.targets[0].url = reports.url
    await page.locator('#tongmai-document').fill(JSON.stringify(rules, null, 2))
    await page.locator('[data-change="services slots"]').getByText('新增').waitFor()
    await picture(page, 'gateways-first-rules')
    await page.locator('#tongmai-note').fill('首次发布')
    await page.locator('#tongmai-note').press('Enter')
    await page.getByTestId('tongmai-published').waitFor()
    assert.equal(await inForce(), 1)
    assert.equal((await published('slots')).title, '预约号源')
  })

  it('shows every node with the revision it runs, who published it and why', async () => {
    const { page } = session
    await tab(page, '节点与版本')
    const node = page.locator('tr[data-node]:not([data-node="quiet-node"])').first()
    await node.locator('[data-state="FOLLOWS"]').waitFor()
    assert.match(await node.innerText(), /第 1 版[\s\S]*security-administrator/)
    assert.match(await page.locator('tr[data-revision="1"]').innerText(), /首次发布/)
    await picture(page, 'gateways-nodes')
  })

  it('warns of a node that has said nothing for long, whichever tab is open', async () => {
    const { page } = session
    const quiet = page.locator('tr[data-node="quiet-node"]')
    assert.match(await quiet.innerText(), /无应答[\s\S]*1 小时前/)
    await tab(page, '监护关系')
    await page.getByTestId('tongmai-nodes-warning').getByText('quiet-node (无应答)').waitFor()
  })

  it('judges nodes by the clock of the answer, whatever other clocks say', async () => {
    const { page } = session
    await tab(page, '节点与版本')
    const state = silent =>
      page.waitForFunction(
        wanted => {
          const label = document.querySelector('tr[data-node]:not([data-node="quiet-node"]) [data-state]')
          return label !== null && (label.dataset.state === 'SILENT') === wanted
        },
        silent,
      )
    await page.route('**/api/gateway/nodes', async route => {
      const response = await route.fetch()
      const later = new Date(Date.parse(response.headers()['tongmai-now']) + 60_000).toISOString()
      await route.fulfill({ response, headers: { ...response.headers(), 'tongmai-now': later } })
    })
    await state(true)
    await page.unroute('**/api/gateway/nodes')
    await state(false)
  })

  it('shows services with what they ask for, and filters them', async () => {
    const { page } = session
    await tab(page, '服务')
    assert.match(await service(page, 'slots').innerText(), /GET[\s\S]*sm2-sm3[\s\S]*500 次/)
    await picture(page, 'gateways-services')
    await page.setViewportSize(WIDE)
    await picture(page, 'gateways-services-1920')
    await page.setViewportSize(NARROW)
    await page.getByRole('combobox', { name: '网关', exact: true }).selectOption('USER')
    await page.waitForFunction(() => document.querySelectorAll('tr[data-service]').length === 2)
    assert.equal(await service(page, 'reports').count(), 1)
    await page.getByRole('button', { name: '清除条件' }).click()
    await page.getByRole('combobox', { name: '服务域', exact: true }).selectOption('appointment')
    await page.getByLabel('编号、名称或路径').fill('号源')
    await page.waitForFunction(() => document.querySelectorAll('tr[data-service]').length === 1)
    assert.equal(await service(page, 'slots').count(), 1)
    await page.getByRole('button', { name: '清除条件' }).click()
  })

  it('shows the systems that services belong to, and where calls of a gateway may come from', async () => {
    const { page } = session
    await page.getByText('健康档案平台').waitFor()
    await tab(page, '身份与域名')
    await page.getByText('203.0.113.0/24').waitFor()
    await picture(page, 'gateways-addresses')
  })

  it('has the kept answers of a service forgotten on every node, after a question', async () => {
    const { page } = session
    await tab(page, '服务')
    await service(page, 'slots').getByRole('button').first().click()
    assert.match(await page.getByTestId('tongmai-kept').innerText(), /命中[\s\S]*0[\s\S]*现存条数[\s\S]*0/)
    await page.getByTestId('tongmai-clear').click()
    await page.getByTestId('tongmai-confirm').click()
    await page.getByTestId('tongmai-cleared').waitFor()
    await picture(page, 'gateways-kept')
    await page.getByTestId('tongmai-service').getByRole('button', { name: '服务', exact: true }).click()
    await service(page, 'slots').waitFor()
  })

  it('has a field for every member that the rules of a service have', async () => {
    const { FORMS } = await load('gateways/fields.ts')
    const members = (value, path) =>
      value !== null && typeof value === 'object' && !Array.isArray(value) && Object.keys(value).length > 0
        ? Object.entries(value).flatMap(([name, inner]) => members(inner, path === '' ? name : `${path}.${name}`))
        : [path]
    const fields = FORMS.services.flatMap(section => section.fields.filter(({ type }) => type !== 'part'))
    const paths = fields.map(({ path }) => path)
    // The id names the entry.
    const wanted = members(await published('everything'), '').filter(path => path !== 'id')
    assert.deepEqual(paths.sort(), wanted.sort())
  })

  it('tells that no target of a service is well', async () => {
    const { page } = session
    await service(page, 'directory').getByText('0 / 1 可用').waitFor()
    await page.getByText('服务异常（应答本页的节点）：机构目录').waitFor()
    await page.getByRole('combobox', { name: '状态', exact: true }).selectOption('TROUBLED')
    await page.waitForFunction(() => document.querySelectorAll('tr[data-service]').length === 1)
    await page.getByRole('button', { name: '清除条件' }).click()
  })

  it('shows one service: how it does, who may call it, its rules', async () => {
    const { page } = session
    await service(page, 'slots').getByRole('button').first().press('Enter')
    const open = page.getByTestId('tongmai-service')
    await open.getByText('suishenban-app').waitFor()
    assert.match(await open.innerText(), /经 appointment[\s\S]*超时时间\s*2 秒/)
    await picture(page, 'gateways-service')
    await page.getByTestId('tongmai-service').getByRole('button', { name: '服务', exact: true }).click()
    await service(page, 'slots').waitFor()
  })

  it('shows applications with what they may call, and keys by id alone', async () => {
    const { page } = session
    await tab(page, '调用方与应用')
    const row = page.locator('tr[data-application="suishenban-app"]')
    assert.match(await row.innerText(), /slots[\s\S]*booking[\s\S]*2026[\s\S]*有效/)
    assert.doesNotMatch(await page.getByTestId('tongmai-gateways').innerText(), /PUBLIC KEY|MFkw/)
    await picture(page, 'gateways-applications')
    await tab(page, '身份与域名')
    await page.locator('tr[data-provider="residents"]').getByText('https://id.example').waitFor()
    await picture(page, 'gateways-identity')
  })

  it('publishes a change made in a form, after a look at the difference', async () => {
    const { page } = session
    await edit(page, 'slots')
    await field(page, 'traffic.timeout').getByRole('textbox').fill('PT3S')
    await field(page, 'traffic.timeout').getByText('= 3 秒').waitFor()
    await field(page, 'traffic.rate.calls').getByRole('spinbutton').fill('800')
    await page.getByRole('button', { name: '查看差异并发布' }).click()
    assert.equal(await page.getByTestId('tongmai-gateways').evaluate(element => element.scrollTop), 0)
    const difference = page.locator('[data-change="services slots"]')
    assert.match(await difference.innerText(), /traffic\.rate\.calls\s*500\s*800[\s\S]*"PT2S"\s*"PT3S"/)
    await picture(page, 'gateways-difference')
    await publish(page, '号源放宽')
    await page.getByTestId('tongmai-published').waitFor()
    assert.equal((await published('slots')).traffic.timeout, 'PT3S')
    assert.equal((await published('slots')).traffic.rate.calls, 800)
    assert.equal(await page.getByTestId('tongmai-draft').count(), 0)
  })

  it('shows each violation at its field when the server refuses, and publishes nothing', async () => {
    const { page } = session
    const before = await inForce()
    await edit(page, 'booking')
    await field(page, 'traffic.timeout').getByRole('textbox').fill('PT20M')
    await field(page, 'gateways').getByLabel('开放安全网关').click()
    await publish(page, '错误的规则')
    const refused = page.getByTestId('tongmai-refused')
    await refused.getByText('TM-GATE-0040').waitFor()
    const timeout = refused.locator('[data-violation="services[booking].traffic.timeout"]')
    assert.match(await timeout.innerText(), /超时时间 实际 PT20M · 应为 不超过 PT10M/)
    assert.equal(await inForce(), before)
    await picture(page, 'gateways-refused')
    await timeout.getByRole('button', { name: /转到|booking/ }).click()
    await field(page, 'traffic.timeout').locator('[data-violation]').getByText('应为 不超过 PT10M').waitFor()
    await field(page, 'gateways').locator('[data-violation]').waitFor()
    await field(page, 'traffic.timeout').scrollIntoViewIfNeeded()
    await picture(page, 'gateways-violation')
    await field(page, 'traffic.timeout').getByRole('textbox').fill('PT4S')
    await page.waitForFunction(() => !document.querySelector('[data-field="traffic.timeout"] [data-violation]'))
    await field(page, 'gateways').locator('[data-violation]').waitFor()
    await field(page, 'gateways').getByLabel('开放安全网关').click()
    await publish(page, '改正后')
    await page.getByTestId('tongmai-published').waitFor()
    assert.equal((await published('booking')).traffic.timeout, 'PT4S')
  })

  it('leads to the line of the document that the server can not read', async () => {
    const { page } = session
    await tab(page, '规则与发布')
    const document = page.locator('#tongmai-document')
    const text = await document.inputValue()
    await document.fill(text.replace('"strip": "/appointment"', '"stripp": "/appointment"'))
    await page.getByTestId('tongmai-publish').click()
    await page.getByTestId('tongmai-refused').getByRole('button', { name: /^文档第 \d+ 行$/ }).click()
    const line = await document.evaluate(area => {
      const from = area.value.lastIndexOf('\n', area.selectionStart - 1) + 1
      return area.value.slice(from, area.value.indexOf('\n', area.selectionStart))
    })
    assert.match(line, /stripp/)
    await picture(page, 'gateways-line')
    await page.getByRole('button', { name: '放弃草稿' }).click()
    await page.getByTestId('tongmai-confirm').click()
    await page.getByTestId('tongmai-draft').waitFor({ state: 'detached' })
    assert.equal(await document.inputValue(), text)
  })

  it('is refused when somebody published in the meantime, carries its changes over, and then publishes', async () => {
    const { page } = session
    await edit(page, 'slots')
    await field(page, 'title').getByRole('textbox').fill('预约号源查询')
    const theirs = await ask('GET', '/api/gateway/rules')
    theirs.services.find(each => each.id === 'directory').title = '医疗机构目录'
    const based = await inForce()
    await ask('POST', `/api/gateway/rules?basedOn=${based}&note=colleague`, JSON.stringify(theirs))
    await publish(page, '改名')
    await page.getByTestId('tongmai-refused').getByText('TM-GATE-0042').waitFor()
    await page.getByTestId('tongmai-overtaken').getByText('colleague').waitFor()
    assert.equal(await inForce(), based + 1)
    assert.equal((await published('slots')).title, '预约号源')
    await picture(page, 'gateways-stale')
    await page.getByRole('button', { name: `把我的修改带到第 ${based + 1} 版` }).click()
    await page.getByTestId('tongmai-overtaken').waitFor({ state: 'detached' })
    await publish(page, '改名')
    await page.getByTestId('tongmai-published').waitFor()
    assert.equal((await published('slots')).title, '预约号源查询')
    assert.equal((await published('directory')).title, '医疗机构目录')
  })

  it('shows the values that gave way to those of somebody else, also where nothing is left of the draft and after a reload', async () => {
    const { page } = session
    await edit(page, 'slots')
    await field(page, 'title').getByRole('textbox').fill('我的号源')
    const theirs = await ask('GET', '/api/gateway/rules')
    theirs.services.find(each => each.id === 'slots').title = '预约号源总表'
    const based = await inForce()
    await ask('POST', `/api/gateway/rules?basedOn=${based}&note=same`, JSON.stringify(theirs))
    await page.getByRole('button', { name: `把我的修改带到第 ${based + 1} 版` }).click()
    await page.getByTestId('tongmai-draft').waitFor({ state: 'detached' })
    const conflicts = page.getByTestId('tongmai-conflicts')
    assert.equal(await conflicts.locator('li').innerText(), 'services[slots].title = "我的号源"')
    await picture(page, 'gateways-conflicts')
    await page.waitForFunction(() => Object.values(sessionStorage).some(kept => /"conflicts":\[\{/.test(kept)))
    await page.reload()
    assert.equal(await conflicts.locator('li').innerText(), 'services[slots].title = "我的号源"')
    await conflicts.getByRole('button', { name: '关闭' }).click()
    await conflicts.waitFor({ state: 'detached' })
    assert.ok(!(await page.evaluate(() => Object.values(sessionStorage).join())).includes('我的号源'))
  })

  it('takes no document of another form, and goes on when it is mended', async () => {
    const { page } = session
    await tab(page, '规则与发布')
    const document = page.locator('#tongmai-document')
    const text = await document.inputValue()
    await document.fill('{"services": [{"id": "slots", "methods": "GET"}]}')
    await page.getByText('不能读作规则：services[slots].methods: [ "…" ]').waitFor()
    assert.ok(await page.getByTestId('tongmai-publish').isDisabled())
    await tab(page, '服务')
    await service(page, 'slots').waitFor()
    await tab(page, '规则与发布')
    await document.fill(text)
    await page.getByText('不能读作规则').waitFor({ state: 'detached' })
    await page.getByRole('button', { name: '放弃草稿' }).click()
    await page.getByTestId('tongmai-confirm').click()
    await page.getByTestId('tongmai-draft').waitFor({ state: 'detached' })
  })

  it('writes the whole set when an option of a default is switched off', async () => {
    const { page } = session
    await tab(page, '服务')
    await page.locator('[data-add="services"]').click()
    await page.locator('#tongmai-new-id').fill('new-service')
    await page.getByTestId('tongmai-confirm').click()
    const signatures = field(page, 'access.signatures')
    assert.match(await signatures.innerText(), /按缺省/)
    assert.ok(await signatures.getByLabel('sm2-sm3').isChecked())
    const screening = field(page, 'content.screening')
    assert.ok(await screening.getByLabel('SQL 注入').isChecked())
    await screening.getByLabel('跨站脚本（XSS）').uncheck()
    await page.locator('#tongmai-as-json').click()
    const { content, access } = JSON.parse(await page.locator('#tongmai-entry-json').inputValue())
    assert.deepEqual([content, access], [{ screening: ['SQL_INJECTION'] }, undefined])
    await page.getByTestId('tongmai-editor').getByRole('button', { name: '删除', exact: true }).click()
    await page.getByTestId('tongmai-draft').waitFor({ state: 'detached' })
  })

  it('says that what it shows is old while a node does not answer, and no longer when it does', async () => {
    const { page } = session
    const nodes = '**/api/gateway/nodes'
    await page.route(nodes, () => {})
    await page.getByTestId('tongmai-stale').getByText(/没有(及时)?应答/).waitFor()
    await page.unroute(nodes)
    await page.getByTestId('tongmai-stale').waitFor({ state: 'detached' })
  })

  it('does not say that nothing was published when the answer was lost on the way', async () => {
    const { page } = session
    const before = await inForce()
    await edit(page, 'slots')
    await field(page, 'title').getByRole('textbox').fill('预约号源')
    const lost = async route => {
      await route.fetch()
      await route.abort()
    }
    await page.route(/\/api\/gateway\/rules\?/, lost)
    await publish(page, '答复丢失')
    await page.getByTestId('tongmai-refused').getByText('没有得到答复，可能已经发布').waitFor()
    await page.unroute(/\/api\/gateway\/rules\?/, lost)
    assert.equal(await inForce(), before + 1)
    await page.getByRole('button', { name: `把我的修改带到第 ${before + 1} 版` }).click()
    await page.getByTestId('tongmai-draft').waitFor({ state: 'detached' })
  })

  it('keeps a draft over a reload, and none of another account', async () => {
    const { page } = session
    await tab(page, '服务')
    await service(page, 'booking').getByRole('button').first().click()
    await page.getByTestId('tongmai-service').getByRole('button', { name: '停用', exact: true }).click()
    await page.waitForFunction(() => sessionStorage.getItem('tongmai.gateways.draft.security-administrator') !== null)
    await page.evaluate(() => sessionStorage.setItem('tongmai.gateways.draft.somebody-else', '{}'))
    await page.reload()
    await page.getByTestId('tongmai-draft').getByText('草稿：1 处修改').waitFor()
    assert.equal(await page.evaluate(() => sessionStorage.getItem('tongmai.gateways.draft.somebody-else')), null)
    await publish(page, '暂停挂号')
    await page.getByTestId('tongmai-published').waitFor()
    assert.equal((await published('booking')).state, 'SUSPENDED')
  })

  it('publishes an earlier revision again, after a question, and not over what somebody published meanwhile', async () => {
    const { page } = session
    const before = await inForce()
    await tab(page, '节点与版本')
    const row = page.locator(`tr[data-revision="${before - 1}"]`)
    await row.getByRole('button', { name: '比较' }).click()
    const compared = page.getByTestId('tongmai-compared')
    await compared.getByText(`重新发布第 ${before - 1} 版将对在用的第 ${before} 版作如下更改`).waitFor()
    assert.match(await compared.locator('[data-change="services booking"]').innerText(), /SUSPENDED/)
    assert.equal(await compared.locator('[data-change]').count(), 1)
    await picture(page, 'gateways-compared')
    await compared.getByRole('button', { name: '收起' }).click()
    await compared.waitFor({ state: 'detached' })
    await row.getByRole('button', { name: '重新发布' }).click()
    await page.getByRole('dialog').waitFor()
    await picture(page, 'gateways-again')
    const theirs = await ask('GET', '/api/gateway/rules')
    theirs.services.find(each => each.id === 'directory').title = '机构目录查询'
    await ask('POST', `/api/gateway/rules?basedOn=${before}&note=between`, JSON.stringify(theirs))
    await page.getByTestId('tongmai-confirm').click()
    await page.getByRole('dialog').getByText('没有发布，在用规则未变：期间已有人发布（TM-GATE-0042）').waitFor()
    assert.equal(await inForce(), before + 1)
    await page.getByRole('dialog').getByRole('button', { name: '取消' }).click()
    await row.getByRole('button', { name: '重新发布' }).click()
    await page.getByTestId('tongmai-confirm').click()
    await page.getByText(`已发布为第 ${before + 2} 版`).waitFor()
    assert.equal((await published('booking')).state, 'ACTIVE')
  })

  it('adds an application with the keyboard, and takes it away again', async () => {
    const { page } = session
    await tab(page, '调用方与应用')
    await page.locator('[data-add="applications"]').press('Enter')
    await page.locator('#tongmai-new-id').fill('new-app')
    await page.getByTestId('tongmai-confirm').press('Enter')
    await page.getByTestId('tongmai-editor').waitFor()
    await field(page, 'services').getByRole('textbox').fill('slots\nbooking')
    await picture(page, 'gateways-application-edit')
    await page.getByRole('button', { name: '完成' }).click()
    assert.match(await page.locator('tr[data-application="new-app"]').innerText(), /slots[\s\S]*booking/)
    await page.locator('tr[data-application="new-app"]').getByRole('button', { name: '编辑 new-app' }).click()
    await page.getByTestId('tongmai-editor').getByRole('button', { name: '删除', exact: true }).click()
    await page.getByTestId('tongmai-draft').waitFor({ state: 'detached' })
  })

  it('adds a listener, which has a place of its own, and takes it away again', async () => {
    const { page } = session
    await tab(page, '监听端口')
    await page.locator('[data-add="listeners"]').click()
    await page.locator('#tongmai-new-id').fill('his-adt')
    await page.getByTestId('tongmai-confirm').click()
    await page.getByTestId('tongmai-editor').waitFor()
    await field(page, 'kind').getByRole('combobox').selectOption('mllp')
    const parameter = name => field(page, 'parameters').locator(`tr[data-parameter="${name}"]`)
    assert.match(await parameter('idleTimeout').innerText(), /30m[\s\S]*连接无数据多久后关闭/)
    assert.match(await parameter('port').innerText(), /必填/)
    await parameter('port').getByRole('textbox').fill('2575')
    await field(page, 'addresses.allow').getByRole('textbox').fill('10.1.0.0/16')
    await tab(page, '规则与发布')
    await page.locator('[data-change="listeners his-adt"]').getByRole('button').first().click()
    await page.getByTestId('tongmai-editor').getByRole('button', { name: '完成' }).click()
    const row = page.locator('tr[data-listener="his-adt"]')
    assert.match(await row.innerText(), /2575[\s\S]*10\.1\.0\.0\/16/)
    await row.getByRole('button', { name: '编辑 his-adt' }).click()
    await page.getByTestId('tongmai-editor').getByRole('button', { name: '删除', exact: true }).click()
    await page.getByTestId('tongmai-draft').waitFor({ state: 'detached' })
  })

  it('takes over the policy that calls of a service suggest, and enforces it', async () => {
    const { page } = session
    await tab(page, '服务')
    await service(page, 'reports').getByRole('button').first().click()
    const proposals = page.getByTestId('tongmai-proposals')
    await proposals.getByText('还没有观察到可用的位置').waitFor()
    for (let user = 0; user < USERS; user++) {
      for (let call = 0; call < CALLS; call++) {
        const number = identityNumber(user)
        const answer = await fetch(`${process.env.USER_GATEWAY}/reports/${number}`, {
          headers: { authorization: `Bearer ${token(number)}` },
        })
        assert.equal(answer.status, 200, await answer.text())
      }
    }
    while ((await ask('GET', '/api/gateway/services/reports/ownership-proposals'))[0]?.standing !== 'PROPOSED') {
      await pause(50)
    }
    await proposals.getByRole('button', { name: '刷新' }).click()
    const row = proposals.getByRole('row').filter({ hasText: 'idCard' })
    assert.match(await row.innerText(), /路径 idCard[\s\S]*本人[\s\S]*建议采纳[\s\S]*21 \/ 21 \/ 0 \/ 0\s*3/)
    await row.getByRole('button', { name: '采纳' }).click()
    await row.getByText('已在规则中').waitFor()
    await proposals.getByRole('button', { name: '停止学习，开始拦截' }).click()
    await picture(page, 'gateways-proposals')
    await publish(page, '启用防越权')
    await page.getByTestId('tongmai-published').waitFor()
    const { mode, policies } = (await published('reports')).access.ownership
    assert.deepEqual([mode, policies.map(policy => policy.name)], ['ENFORCE', ['idCard']])
    const foreign = await fetch(`${process.env.USER_GATEWAY}/reports/${identityNumber(1)}`, {
      headers: { authorization: `Bearer ${token(identityNumber(0))}` },
    })
    assert.match(await foreign.text(), /TM-GATE-0071/)
  })

  it('speaks English when asked, and no script complains', async () => {
    const { page } = session
    await page.goto(`${base}/actuator/hawtio/gateways?tab=services&kind=services&id=reports`)
    await page.locator('#tongmai-en').click()
    await page.getByRole('heading', { name: 'Gateways', exact: true }).waitFor()
    const all = await page.getByTestId('tongmai-gateways').innerText()
    const { services } = await ask('GET', '/api/gateway/rules')
    const titles = new RegExp(['中文', ...services.map(({ title }) => title)].join('|'), 'g')
    assert.doesNotMatch(all.replaceAll(titles, ''), /[一-鿿、：]/)
    await picture(page, 'gateways-en')
    await page.locator('#tongmai-zh').click()
    assert.deepEqual(session.complaints, [])
  })
})

describe('Gateways, as a viewer', needsConsole, () => {
  let session

  before(async () => {
    session = await openBrowser()
    await login(session.page, 'viewer', process.env.VIEWER_PASSWORD)
    await openGateways(session.page)
  })
  after(() => session?.close())

  it('sees nodes, services and applications, and no button that changes anything', async () => {
    const { page } = session
    await page.locator('tr[data-node]').first().waitFor()
    for (const name of ['节点与版本', '服务', '监听端口', '调用方与应用', '身份与域名', '监护关系', '规则与发布']) {
      await tab(page, name)
      await page.getByTestId('tongmai-gateways').getByRole('tab', { name, exact: true, selected: true }).waitFor()
      for (const button of ['编辑', '重新发布', '发布', '登记监护关系', '停用']) {
        assert.equal(await page.getByRole('button', { name: button, exact: true }).count(), 0, `${name}: ${button}`)
      }
      assert.equal(await page.locator('[data-add]').count(), 0, name)
    }
    assert.ok(await page.locator('#tongmai-document').evaluate(area => area.readOnly))
    await picture(page, 'gateways-viewer')
    await page.goto(`${base}/actuator/hawtio/gateways?tab=services&kind=services&id=slots&edit=1`)
    await page.getByTestId('tongmai-service').waitFor()
    await page.getByTestId('tongmai-kept').waitFor()
    assert.equal(await page.getByTestId('tongmai-clear').count(), 0)
    assert.equal(await page.getByTestId('tongmai-editor').count(), 0)
  })

  it('looks up guardianships of somebody the index does not know', async () => {
    const { page } = session
    await tab(page, '监护关系')
    await page.getByLabel('患者或个人编号').fill('nobody')
    await page.getByLabel('患者或个人编号').press('Enter')
    await page.getByText('患者主索引中没有这个患者或个人').waitFor()
  })
})

describe('Gateways, as an operator', needsConsole, () => {
  let session

  before(async () => {
    session = await openBrowser()
    await login(session.page, 'operator', process.env.OPERATOR_PASSWORD)
    await openGateways(session.page)
  })
  after(() => session?.close())

  it('records a guardianship, looks it up and ends it', async () => {
    const { page } = session
    await tab(page, '监护关系')
    await page.locator('#tongmai-guardian').fill(process.env.GUARDIAN)
    await page.locator('#tongmai-ward').fill('nobody')
    await page.locator('#tongmai-kind').selectOption('ADULT')
    await page.locator('#tongmai-reason').fill('法院判决已核')
    await page.locator('#tongmai-reason').press('Enter')
    await page.getByText('TM-MPI-0002 患者主索引中没有这个患者或个人').waitFor()
    await page.locator('#tongmai-ward').fill(process.env.WARD)
    await page.locator('#tongmai-reason').press('Enter')
    await page.getByText(/已登记，第 \d+ 号/).waitFor()
    await page.getByLabel('患者或个人编号').fill(process.env.WARD)
    await page.getByLabel('患者或个人编号').press('Enter')
    const row = page.locator('tr[data-guardianship]')
    assert.match(await row.innerText(), /成年监护[\s\S]*长期[\s\S]*operator/)
    await picture(page, 'gateways-guardianships')
    await row.getByRole('button', { name: '终止' }).click()
    await page.locator('#tongmai-end-reason').fill('另一人的依据')
    await page.getByRole('dialog').getByRole('button', { name: '取消' }).click()
    await row.getByRole('button', { name: '终止' }).click()
    assert.equal(await page.locator('#tongmai-end-reason').inputValue(), '')
    await page.locator('#tongmai-end-reason').fill('判决撤销')
    await page.getByTestId('tongmai-confirm').click()
    await page.getByRole('dialog').waitFor({ state: 'detached' })
    await page.waitForFunction(() => !document.querySelector('tr[data-guardianship] button'))
    assert.deepEqual(session.complaints, [])
  })
})
