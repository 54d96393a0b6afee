// What the page Audit works out, without a browser.
import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { load } from '../load.mjs'

const { ANYTHING, collect, csvOf, leavesOn, MOST_EXPORTED, ofOneRequest, partsOf, placeOf, queryOf, sizeOf, toneOf } =
  await load('audit/audit.ts')
const { Verification } = await load('audit/verification.ts')
const { zhAudit } = await load('audit/words.ts')
const { enAudit } = await load('audit/wordsInEnglish.ts')

const record = (number, part = {}) => ({
  place: { node: 'a', block: number, record: 1 },
  at: '2026-11-27T01:02:03Z',
  actor: 'app',
  address: '10.0.0.1',
  act: 'call',
  what: { object: 'service/echo@1.0.0', outcome: '200', trace: '' },
  figures: { micros: 7, received: 0, sent: 0, requestHash: '', answerHash: '' },
  ...part,
})

describe('A search of the audit log', () => {
  it('asks for what is filled in and for nothing else', () => {
    const query = queryOf({ ...ANYTHING, act: 'login', actor: ' viewer ', outcome: '' }, 'x/1', 50)
    assert.deepEqual(Object.fromEntries(query), { act: 'login', actor: 'viewer', before: 'x/1', limit: '50' })
    assert.equal(queryOf({ ...ANYTHING, from: '2026-11-27T08:00' }, null, 1).get('from'), new Date('2026-11-27T08:00').toISOString())
  })

  it('finds the records of one request around its time, however long ago that was', () => {
    const filter = ofOneRequest('t1', '2026-06-01T10:30:00Z')
    const query = queryOf(filter, null, 50)
    assert.equal(query.get('trace'), 't1')
    assert.equal(query.get('from'), '2026-06-01T09:30:00.000Z')
    assert.equal(query.get('to'), '2026-06-01T11:30:00.000Z')
    assert.deepEqual(ofOneRequest('', ''), ANYTHING)
  })
})

describe('An outcome', () => {
  it('is good, open, refused or bad, whatever form it has', () => {
    const cases = { begun: 'open', done: 'good', 204: 'good', 302: 'good', 403: 'refused', 'TM-GATE-0003': 'refused', refused: 'refused', 503: 'bad' }
    Object.entries(cases).forEach(([outcome, tone]) => assert.equal(toneOf(outcome), tone, outcome))
  })
})

describe('A finding', () => {
  it('is taken apart into what was found and what was expected', () => {
    assert.deepEqual(partsOf('the block is not the one that was signed. found: aa; expected: bb'), {
      said: 'the block is not the one that was signed',
      found: 'aa',
      expected: 'bb',
    })
    assert.deepEqual(partsOf('found: 4 records; expected: 5'), { said: '', found: '4 records', expected: '5' })
    assert.deepEqual(partsOf('block 7 not there'), { said: 'block 7 not there', found: '', expected: '' })
  })

  it('leads to its record, to the first one of its block, or nowhere', () => {
    const at = (block, of) => placeOf({ node: 'a', block, record: of })
    assert.deepEqual(at(3, 2), { node: 'a', block: 3, record: 2 })
    assert.deepEqual(at(3, 0), { node: 'a', block: 3, record: 1 })
    assert.equal(at(0, 0), null)
  })

  it('is said in both languages, whatever its kind', () => {
    assert.deepEqual(Object.keys(enAudit.finding), Object.keys(zhAudit.finding))
    assert.deepEqual(Object.keys(enAudit.code), Object.keys(zhAudit.code))
  })
})

describe('The retention', () => {
  it('lets a day leave when all of it is older', () => {
    assert.equal(leavesOn('2026-01-01', 180), '2026-07-01')
    assert.equal(leavesOn('2026-12-31', 180), '2027-06-30')
  })

  it('tells sizes as people read them', () => {
    assert.deepEqual([0, 1023, 1536, 20 * 1024 ** 2].map(sizeOf), ['0 B', '1023 B', '1.5 KiB', '20 MiB'])
  })
})

describe('An export', () => {
  it('holds whatever callers call themselves, and lets no spreadsheet calculate with it', () => {
    const lines = csvOf([
      record(1, { actor: '=HYPERLINK("http://x")', what: { object: 'a,b', outcome: '-1', trace: 'line\nfeed' } }),
    ]).split('\r\n')
    assert.ok(lines[0].startsWith('\ufeffat,node,block,record,act,actor,'))
    assert.equal(
      lines[1],
      `2026-11-27T01:02:03Z,a,1,1,call,"'=HYPERLINK(""http://x"")",10.0.0.1,"a,b",'-1,"line\nfeed",7,0,0,,`,
    )
  })

  it('takes all that fit, page after page, as far as one file may go, and says when there is more', async () => {
    const asked = []
    const pages = many => async (before, limit) => {
      asked.push([before, limit])
      const from = Number(before ?? 0)
      const items = Array.from({ length: Math.min(limit, many - from) }, (_, i) => record(from + i))
      return { items, next: from + items.length < many ? String(from + items.length) : '' }
    }
    const some = await collect(pages(1_500))
    assert.deepEqual([some.items.length, some.isWhole], [1_500, true])
    assert.deepEqual(asked, [[null, 1_000], ['1000', 1_000]])
    const most = await collect(pages(MOST_EXPORTED + 1))
    assert.deepEqual([most.items.length, most.isWhole], [MOST_EXPORTED, false])
  })
})

describe('A verification', () => {
  const part = (next, findings = []) => ({
    intact: findings.length === 0,
    blocks: 2,
    records: 10,
    checkpoints: 1,
    chains: next === '' ? [{ node: 'a', block: 4, signed: 4, keys: 'PINNED', file: 'COMPARED' }] : [],
    findings,
    next,
  })
  const finding = { kind: 'RECORD', node: 'a', block: 3, record: 2, checkpoint: 0, detail: 'found: x; expected: y' }
  const everything = { node: '', from: '', to: '' }

  it('goes on part by part to the end, and adds up what each found', async () => {
    const asked = []
    const parts = [part('a/2026-11-27/2'), part('', [finding])]
    const verification = new Verification({
      ask: async (span, after) => {
        asked.push(after)
        return parts.shift()
      },
      isBusy: () => false,
      pause: async () => {},
    })
    assert.equal(verification.progress().stage, 'IDLE')
    await verification.begin(everything)
    const { stage, blocks, records, findings, chains } = verification.progress()
    assert.deepEqual(asked, ['', 'a/2026-11-27/2'])
    assert.deepEqual([stage, blocks, records, findings, chains.length], ['DONE', 4, 20, [finding], 1])
  })

  it('waits while others read, and runs once however often it is begun', async () => {
    let asked = 0
    const stages = []
    const verification = new Verification({
      ask: async () => {
        asked++
        if (asked === 1) {
          throw new Error('busy')
        }
        return part('')
      },
      isBusy: failure => failure.message === 'busy',
      pause: async () => void stages.push(verification.progress().stage),
    })
    await Promise.all([verification.begin(everything), verification.begin(everything)])
    assert.deepEqual([asked, stages, verification.progress().stage], [2, ['WAITS'], 'DONE'])
  })

  it('says so when it was stopped or broken off, and keeps what it found', async () => {
    const stopped = new Verification({
      ask: async () => {
        stopped.stop()
        return part('a/2026-11-27/2', [finding])
      },
      isBusy: () => false,
      pause: async () => {},
    })
    await stopped.begin(everything)
    assert.deepEqual([stopped.progress().stage, stopped.progress().findings.length], ['STOPPED', 1])
    const broken = new Verification({
      ask: async () => {
        throw new Error('away')
      },
      isBusy: () => false,
      pause: async () => {},
    })
    await broken.begin(everything)
    assert.deepEqual([broken.progress().stage, broken.progress().failure.message], ['FAILED', 'away'])
    await stopped.begin(everything)
    assert.equal(stopped.progress().findings.length, 1, 'a new one begins anew')
  })
})
