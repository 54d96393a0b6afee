// What every browser test of a page needs: a Chromium of its own, a login, pictures.
//   BASE_URL        http://127.0.0.1:8080
//   CHROMIUM_PATH   default /usr/bin/chromium
//   SCREENSHOTS     folder for the pictures, default target/screenshots
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { chromium } from 'playwright-core'

export const base = process.env.BASE_URL
/** For describe: the tests are skipped, and say so, where no console is named. */
export const needsConsole = { skip: base ? false : 'BASE_URL is not set' }

const pictures = process.env.SCREENSHOTS ?? 'target/screenshots'
const flags = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
]

mkdirSync(pictures, { recursive: true })

export async function openBrowser(locale = 'zh-CN') {
  const profile = mkdtempSync(join(tmpdir(), 'tongmai-chromium-'))
  const browser = await chromium.launchPersistentContext(profile, {
    executablePath: process.env.CHROMIUM_PATH ?? '/usr/bin/chromium',
    headless: true,
    args: flags,
    viewport: { width: 1280, height: 900 },
    locale,
    timezoneId: 'Asia/Shanghai',
  })
  const page = browser.pages()[0] ?? (await browser.newPage())
  page.setDefaultTimeout(20_000)
  const complaints = []
  page.on('pageerror', error => complaints.push(String(error)))
  page.on('console', message => {
    if (message.type() === 'error' && /Content Security Policy|tongmai/i.test(message.text())) {
      complaints.push(message.text())
    }
  })
  const close = async () => {
    await browser.close()
    rmSync(profile, { recursive: true, force: true })
  }
  return { page, complaints, close }
}

export async function login(page, name, password) {
  await page.goto(`${base}/`)
  await page.waitForURL(/\/login/)
  await picture(page, 'login')
  await page.fill('#username', name)
  await page.fill('#password', password)
  await page.click('button[type=submit]')
  await page.waitForURL(/\/actuator\/hawtio\//)
}

export const picture = (page, name) => page.screenshot({ path: join(pictures, `${name}.png`), fullPage: false })
