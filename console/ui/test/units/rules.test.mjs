// What the page Gateways works out of rules, without a browser.
import assert from 'node:assert/strict'
import { readdirSync, readFileSync } from 'node:fs'
import { describe, it } from 'node:test'
import { load } from '../load.mjs'

const { callable, callers, keyState, keyTrouble, parse, put } = await load('gateways/rules.ts')
const { carryOver, differences } = await load('gateways/difference.ts')
const { detailOf, fieldFor, lineOf, offsetOf, placeOf } = await load('gateways/places.ts')
const { locate } = await load('gateways/locate.ts')
const { nodeState, unserved } = await load('gateways/nodes.ts')
const { amounts } = await load('gateways/durations.ts')
const { chosenOf, FORMS, optionsOf, valueAt, withValue } = await load('gateways/fields.ts')
const { misshapen, parseRules } = await load('gateways/shape.ts')
const { linesOfMap, mapOfLines, parameterRows, purpose } = await load('gateways/transports.ts')
const { zhGateways } = await load('gateways/words.ts')
const { enGateways } = await load('gateways/wordsInEnglish.ts')

const text = readFileSync(new URL('../data/gateway-rules.json', import.meta.url), 'utf8')
const rules = JSON.parse(text)
const changed = (kind, id, path, value) =>
  put(rules, { kind, id }, withValue(rules[kind].find(entry => entry.id === id), path, value))
const found = (location, detail = '', code = 'TM-GATE-0040') => ({ code, location, detail })

describe('Who may call what', () => {
  it('follows services, groups and domains', () => {
    const application = rules.applications[0]
    assert.deepEqual(callable(rules, application).map(grant => [grant.id, grant.direct, grant.groups]), [
      ['slots', false, ['appointment']],
      ['booking', false, ['appointment']],
    ])
    assert.deepEqual(callable(rules, { ...application, domains: ['records'] }), [])
    assert.deepEqual(callers(rules, 'directory').map(grant => grant.id), ['district-app'])
  })

  it('knows when a key counts, and when an application has none left', () => {
    const now = Date.parse('2026-06-15T00:00:00Z')
    const states = [
      [{}, 'COUNTS'],
      [{ to: '2026-06-15T00:00:00Z' }, 'ENDED'],
      [{ to: '2026-07-01T00:00:00Z' }, 'ENDS_SOON'],
      [{ from: '2026-06-15T00:00:01Z' }, 'NOT_YET'],
    ]
    states.forEach(([key, state]) => assert.equal(keyState(key, now), state))
    const ended = { keys: [{ to: '2026-01-01T00:00:00Z' }] }
    assert.ok(keyTrouble(ended, now))
    assert.ok(!keyTrouble({ ...ended, state: 'SUSPENDED' }, now))
    assert.ok(!keyTrouble({ keys: [...ended.keys, {}] }, now))
  })
})

describe('The difference between two sets of rules', () => {
  it('names entries and members, and minds no order', () => {
    const draft = changed('services', 'slots', 'traffic.rate.calls', 800)
    assert.deepEqual(differences(rules, { ...draft, services: [...draft.services].reverse() }), [
      {
        kind: 'services',
        id: 'slots',
        what: 'CHANGED',
        members: [{ path: 'traffic.rate.calls', before: 500, after: 800 }],
      },
    ])
    assert.deepEqual(differences(rules, structuredClone(rules)), [])
  })

  it('says what is added and removed', () => {
    const draft = put(put(rules, { kind: 'callers', id: 'suishenban' }, null), { kind: 'domains', id: 'OPEN' }, {})
    assert.deepEqual(
      differences(rules, draft).map(({ kind, id, what }) => [kind, id, what]),
      [
        ['callers', 'suishenban', 'REMOVED'],
        ['domains', 'OPEN', 'ADDED'],
      ],
    )
  })

  it('tells one of several targets, and a list that grew as a whole', () => {
    const targets = rules.services[0].transport.targets
    const heavier = changed('services', 'slots', 'transport.targets', [targets[0], { ...targets[1], weight: 2 }])
    assert.deepEqual(differences(rules, heavier)[0].members, [
      { path: 'transport.targets[2].weight', before: undefined, after: 2 },
    ])
    const more = changed('services', 'slots', 'transport.targets', [...targets, { url: 'http://127.0.0.9:9' }])
    assert.equal(differences(rules, more)[0].members[0].path, 'transport.targets')
  })
})

describe('Changes on rules that somebody published in the meantime', () => {
  it('go beside what the other changed', () => {
    const mine = changed('services', 'slots', 'title', 'mine')
    const theirs = put(rules, { kind: 'services', id: 'slots' }, { ...rules.services[0], path: '/theirs' })
    const carried = carryOver(rules, mine, theirs)
    assert.deepEqual(carried.conflicts, [])
    const slots = carried.rules.services.find(({ id }) => id === 'slots')
    assert.deepEqual([slots.title, slots.path], ['mine', '/theirs'])
  })

  it('give way where both changed the same, and say where and what', () => {
    const carried = carryOver(
      rules,
      changed('services', 'slots', 'traffic.timeout', 'PT3S'),
      changed('services', 'slots', 'traffic.timeout', 'PT4S'),
    )
    assert.deepEqual(carried.conflicts, [{ place: 'services[slots].traffic.timeout', mine: 'PT3S' }])
    assert.equal(carried.rules.services[0].traffic.timeout, 'PT4S')
  })

  it('add and remove entries, but remove none that the other changed', () => {
    const mine = put(put(rules, { kind: 'groups', id: 'new' }, { id: 'new' }), { kind: 'services', id: 'slots' }, null)
    const free = carryOver(rules, mine, rules)
    assert.deepEqual([free.conflicts, free.rules.services.some(({ id }) => id === 'slots')], [[], false])
    assert.ok(free.rules.groups.some(({ id }) => id === 'new'))
    const kept = carryOver(rules, mine, changed('services', 'slots', 'title', 'theirs'))
    assert.deepEqual(kept.conflicts, [{ place: 'services[slots]', mine: undefined }])
    assert.equal(kept.rules.services[0].title, 'theirs')
  })
})

describe('The place of a violation', () => {
  it('is an entry and a member, whatever form the server says it in', () => {
    const places = [
      [found('services[slots].traffic.timeout'), ['services', 'slots', 'traffic.timeout']],
      [found('services[everything].access.ownership.policies[PATH a.b].system'), ['services', 'everything', 'access.ownership.policies.system']],
      [found('applications[suishenban-app].keys[2026].profile'), ['applications', 'suishenban-app', 'keys.profile']],
      [found('domains.USER.origins'), ['domains', 'USER', 'origins']],
      [found('addresses.OPEN.deny'), ['addresses', 'OPEN', 'deny']],
      [found('services[1].transport.strip', 'line 9, column 3: Unrecognized'), ['services', 'booking', 'transport.strip']],
      [found('reports', '', 'TM-GATE-0041'), ['services', 'reports', 'transport']],
      [found('residents', '', 'TM-GATE-0065'), ['identityProviders', 'residents', '']],
      [found('2026', '', 'TM-GATE-0081'), ['applications', 'suishenban-app', 'keys']],
    ]
    places.forEach(([violation, [kind, id, path]]) => assert.deepEqual(placeOf(violation, rules), { kind, id, path }))
    assert.equal(placeOf(found('services'), rules), null)
    assert.equal(placeOf(found('', 'line 3, column 1: Unexpected'), rules), null)
  })

  it('has a line in the document', () => {
    const line = violation => text.split('\n')[lineOf(text, offsetOf(violation, rules, text)) - 1]
    assert.match(line(found('services[booking].path')), /"path": "\/appointment\/booking"/)
    assert.match(line(found('services[booking].traffic.timeout')), /"traffic": .*50/)
    assert.match(line(found('domains.USER.origins')), /"origins"/)
    assert.match(line(found('', 'line 3, column 5: Unexpected')), /suishenban/)
    assert.equal(offsetOf(found('services'), rules, text), null)
  })

  it('is shown at the field itself, at the one around it, or at the first inside it', () => {
    const fields = ['keys', 'rate.calls', 'rate.per', 'access.user', 'access.user.provider']
    assert.equal(fieldFor('keys.profile', fields), 'keys')
    assert.equal(fieldFor('rate', fields), 'rate.calls')
    assert.equal(fieldFor('access.user.provider', fields), 'access.user.provider')
    assert.equal(fieldFor('access.user.scopes', fields), 'access.user')
    assert.equal(fieldFor('elsewhere', fields), null)
    assert.equal(fieldFor('', fields), null)
  })

  it('comes with what was found and what was expected', () => {
    const details = [
      ['found: PT20M (expected: at most PT10M)', 'PT20M', 'at most PT10M'],
      ['found: a (b)', 'a (b)', ''],
      ['none (expected: BUS, OPEN, USER)', 'none', 'BUS, OPEN, USER'],
      ['expected: where identity is USER', '', 'where identity is USER'],
      ['twice', 'twice', ''],
      ['', '', ''],
    ]
    details.forEach(([detail, what, expected]) => assert.deepEqual(detailOf(detail), { found: what, expected }))
  })

  it('is found in a text whose strings look like JSON', () => {
    const json = '{"a": ["}", "\\"]", {"b,": 1, "c": [2, {"d": "x"}]}], "e": true}'
    assert.equal(json.slice(locate(json, ['a', 2, 'c', 1, 'd'])), '"d": "x"}]}], "e": true}')
    assert.equal(json.slice(locate(json, ['e', 'deeper'])), '"e": true}')
    assert.equal(locate(json, ['not there']), 0)
  })
})

describe('A node', () => {
  const publications = [{ revision: 7, digest: 'd7', at: '2026-06-15T11:59:00Z' }]
  const at = Date.parse('2026-06-15T12:00:00Z')
  const node = { revision: 7, digest: 'd7', problem: '', seenAt: '2026-06-15T11:59:58Z' }

  it('follows, takes up, or is behind, different, not whole, silent or gone', () => {
    const states = [
      [{}, 'FOLLOWS'],
      [{ revision: 6 }, 'BEHIND'],
      [{ digest: 'other' }, 'DIFFERS'],
      [{ problem: '7: no key' }, 'PARTLY'],
      [{ revision: 6, problem: '7: no key' }, 'BEHIND'],
      [{ seenAt: '2026-06-15T11:59:49Z' }, 'SILENT'],
      [{ seenAt: '2026-06-08T11:00:00Z' }, 'GONE'],
    ]
    states.forEach(([part, state]) => assert.equal(nodeState({ ...node, ...part }, publications, at), state))
    assert.equal(nodeState({ ...node, revision: 0, digest: '' }, [], at), 'FOLLOWS')
    const justNow = [{ ...publications[0], at: '2026-06-15T11:59:57Z' }]
    assert.equal(nodeState({ ...node, revision: 6 }, justNow, at), 'TAKES_UP')
    assert.equal(nodeState({ ...node, revision: 6, problem: '7: no key' }, justNow, at), 'BEHIND')
  })
})

describe('A service domain', () => {
  const now = Date.parse('2026-06-15T12:00:00Z')
  const node = { seenAt: '2026-06-15T11:59:58Z', domains: ['appointment'], doors: ['BUS', 'OPEN', 'USER'], state: 'ACTIVE' }

  it('is warned of when no living node serves it at a door of its services', () => {
    const all = { ...node, domains: [] }
    assert.deepEqual(unserved(rules, [all], now), [])
    assert.deepEqual(unserved(rules, [node], now), ['records'])
    assert.deepEqual(unserved(rules, [node, { ...all, state: 'SUSPENDED' }], now), ['records'])
    assert.deepEqual(unserved(rules, [node, { ...all, seenAt: '2026-06-15T11:59:00Z' }], now), ['records'])
    assert.deepEqual(unserved(rules, [{ ...all, doors: [] }], now), ['appointment', 'records'])
  })

  it('is not warned of where it is suspended, and is where it is declared alone', () => {
    assert.deepEqual(unserved(changed('serviceDomains', 'records', 'state', 'SUSPENDED'), [node], now), [])
    assert.deepEqual(unserved(put(rules, { kind: 'serviceDomains', id: 'new' }, { id: 'new' }), [node], now), ['new', 'records'])
  })
})

describe('Forms', () => {
  it('have a word for every field and every column, in both languages', () => {
    const paths = Object.values(FORMS).flatMap(sections =>
      sections.flatMap(({ fields }) =>
        fields.flatMap(field => [field.path, ...(field.rows ?? []).map(column => `${field.path}.${column.path}`)]),
      ),
    )
    for (const words of [zhGateways, enGateways]) {
      assert.deepEqual(paths.filter(path => !(path in words.fields)), [])
    }
  })

  it('have a word for every code in both languages', () => {
    assert.deepEqual(Object.keys(zhGateways.code), Object.keys(enGateways.code))
  })

  it('change one member and leave the others', () => {
    const entry = { a: { b: 1, c: 2 } }
    assert.deepEqual(withValue(entry, 'a.b', 3), { a: { b: 3, c: 2 } })
    assert.deepEqual(withValue(entry, 'a.b', undefined), { a: { c: 2 } })
    assert.deepEqual(withValue(entry, 'x.y', []), { a: { b: 1, c: 2 }, x: { y: [] } })
    assert.equal(valueAt(entry, 'a.b.c'), undefined)
    assert.deepEqual(entry, { a: { b: 1, c: 2 } })
  })

  it('read durations as people do', () => {
    assert.deepEqual(amounts('PT90M'), [[90, 'm']])
    assert.deepEqual(amounts('P1DT2H0.5S'), [[1, 'd'], [2, 'h'], [500, 'ms']])
    assert.deepEqual(amounts('PT0S'), [[0, 's']])
    ;['', 'P', 'PT', '5s', 'PT5', '-PT5S'].forEach(text => assert.equal(amounts(text), null))
  })

  it('take only the JSON of an object for a document', () => {
    assert.deepEqual(parse('{"services": []}').rules, { services: [] })
    ;['[]', 'null', '1', '{', ''].forEach(text => assert.equal(parse(text).rules, null))
    assert.deepEqual(parse('{"domains": null, "services": [null, {"path": null}]}').rules, { services: [null, {}] })
  })

  it('show every parameter of a kind, with what was given, and what the kind does not have', () => {
    const parameter = (name, defaultValue) => ({ name, description: `about ${name}`, defaultValue, values: [] })
    const template = { kind: 'mllp', description: '', goesTo: 'PARAMETERS', parameters: [parameter('host', null), parameter('port', '22')] }
    const rows = given =>
      parameterRows(template, given).map(({ name, value, isKnown, isMissing }) => [name, value, isKnown, isMissing])
    assert.deepEqual(rows(undefined), [
      ['host', '', true, true],
      ['port', '', true, false],
    ])
    assert.deepEqual(rows({ tsl: 'true', host: 'his' }), [
      ['host', 'his', true, false],
      ['port', '', true, false],
      ['tsl', 'true', false, false],
    ])
    assert.deepEqual(parameterRows(undefined, { host: 'his' }).map(({ isKnown }) => isKnown), [false])
  })

  it('are all said in Chinese as well, of every template there is', () => {
    const notForRules = ['entry', 'url', 'threads', 'waiting', 'waitsWhen']
    const used = new Set()
    const chinese = (path, kind, name) => {
      const words = purpose(zhGateways.transports, path, kind, { name, description: 'English' })
      assert.match(words, /[\u4e00-\u9fff]/, `${path} ${kind} ${name ?? ''}`)
      used.add(words)
      assert.equal(purpose(enGateways.transports, path, kind, { name, description: 'English' }), 'English')
    }
    for (const [folder, path] of [['service-templates', 'transport.kind'], ['listener-templates', 'kind']]) {
      const at = new URL(`../../../../routes/${folder}/`, import.meta.url)
      for (const file of readdirSync(at).filter(name => name.endsWith('.yaml'))) {
        const template = readFileSync(new URL(file, at), 'utf8')
        const kind = /id: (?:service|listener)-(\S+)/.exec(template)[1]
        const parameters = template.slice(template.indexOf('parameters:'), template.search(/^ {4}(beans|route):/m))
        const names = [...parameters.matchAll(/- name: (\S+)/g)].map(([, name]) => name)
        assert.ok(names.includes('entry'), file)
        chinese(path, kind)
        names.filter(name => !notForRules.includes(name)).forEach(name => chinese(path, kind, name))
      }
    }
    assert.deepEqual(Object.values(zhGateways.transports).filter(words => !used.has(words)), [])
  })

  it('write a map as lines and read it back', () => {
    const map = { version: '1.0', query: 'a=b' }
    assert.deepEqual(mapOfLines(linesOfMap(map)), map)
    assert.deepEqual(mapOfLines('\nversion = 1.0\n=x\nhalf'), { version: '1.0' })
    assert.equal(linesOfMap(undefined), '')
  })

  it('offer the kinds there are', () => {
    const transports = { services: [{ kind: 'http' }, { kind: 'jms' }], listeners: [{ kind: 'mllp' }] }
    const options = (kind, path) =>
      optionsOf(FORMS[kind].flatMap(({ fields }) => fields).find(field => field.path === path), {}, transports)
    assert.deepEqual(options('services', 'transport.kind'), ['http', 'jms'])
    assert.deepEqual(options('listeners', 'kind'), ['mllp'])
  })

  it('tick what counts where a set is absent, and nothing where it is empty', () => {
    const chosen = (path, entry) =>
      chosenOf(FORMS.services.flatMap(({ fields }) => fields).find(field => field.path === path), entry)
    assert.deepEqual(chosen('content.screening', {}), { chosen: ['XSS', 'SQL_INJECTION'], isDefault: true })
    assert.deepEqual(chosen('content.screening', { content: { screening: [] } }), { chosen: [], isDefault: false })
    assert.deepEqual(chosen('access.signatures', {}).chosen, ['sm2-sm3'])
    assert.deepEqual(chosen('access.signatures', { access: { identity: 'USER' } }).chosen, [])
    assert.deepEqual(chosen('gateways', {}), { chosen: [], isDefault: false })
  })

  it('take no document whose members are of another form, and say which', () => {
    const wrong = [
      ['{"services": {}}', 'services: [ { … } ]'],
      ['{"services": [null]}', 'services[1]: { … }'],
      ['{"services": [{"id": "a", "methods": "GET"}]}', 'services[a].methods: [ "…" ]'],
      ['{"services": [{"gateways": [null]}]}', 'services[1].gateways: [ "…" ]'],
      ['{"services": [{"traffic": {"rate": 5}}]}', 'services[1].traffic.rate: { … }'],
      ['{"services": [{"transport": {"targets": ["x"]}}]}', 'services[1].transport.targets: [ { … } ]'],
      ['{"services": [{"path": {}}]}', 'services[1].path: "…"'],
      ['{"services": [{"id": "a", "title": 5}]}', 'services[a].title: "…"'],
      ['{"services": [{"traffic": {"rate": {"calls": "5"}}}]}', 'services[1].traffic.rate.calls: 0'],
      ['{"applications": [{"keys": [{"id": []}]}]}', 'applications[1].keys[1].id: "…"'],
      ['{"domains": {"USER": {"origins": "*"}}}', 'domains.USER.origins: [ "…" ]'],
      ['{"listeners": [{"id": "a", "parameters": {"port": 2575}}]}', 'listeners[a].parameters: { "…": "…" }'],
      ['{"domains": []}', 'domains: { … }'],
      ['{"addresses": []}', 'addresses: { … }'],
      ['{"addresses": {"OPEN": {"deny": "*"}}}', 'addresses.OPEN.deny: [ "…" ]'],
      ['{"services": [{"traffic": {"errorStatuses": ["500"]}}]}', 'services[1].traffic.errorStatuses: [ 0 ]'],
    ]
    wrong.forEach(([document, problem]) => assert.deepEqual(parseRules(document), { rules: null, problem }))
    assert.deepEqual(parseRules(text), { rules, problem: null })
    assert.equal(misshapen('callers', { id: 'a', title: ['x'] }, 'callers'), 'callers.title: "…"')
  })
})
