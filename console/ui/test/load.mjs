// Modules of the pages for tests in Node: what is written in TypeScript, built in memory.
import { build } from 'vite'

/** @param path below src */
export async function load(path) {
  const entry = new URL(`../src/${path}`, import.meta.url).pathname
  const [{ output }] = await build({
    configFile: false,
    logLevel: 'silent',
    build: { write: false, lib: { entry, formats: ['es'] } },
  })
  return import(`data:text/javascript;base64,${Buffer.from(output[0].code).toString('base64')}`)
}
