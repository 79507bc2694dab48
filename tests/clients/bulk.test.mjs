// Bulk evaluation over plain HTTP: entity tags, markets, and what browsers need.
import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { startShop } from './server.mjs';
import { COUNTRY, MARKETS, SLOTS, rendering } from './texts.mjs';

const shop = await startShop();
after(() => shop.stop());

const FLAGS = '/ofrep/v1/evaluate/flags';
const visitorIn = (market, more) => ({ targetingKey: 'v1', country: COUNTRY[market], locale: market, ...more });

/** Evaluates as a browser would: with the tag it has, whatever that was given for. */
async function evaluate(context, { tag, path = FLAGS, key = shop.publicKey } = {}) {
  const headers = { 'X-API-Key': key, 'Content-Type': 'application/json' };
  if (tag) headers['If-None-Match'] = tag;
  const body = JSON.stringify({ context });
  const response = await fetch(shop.url + path, { method: 'POST', headers, body });
  const text = await response.text();
  const json = response.headers.get('content-type')?.startsWith('application/json') ? JSON.parse(text) : null;
  return { status: response.status, tag: response.headers.get('etag'), text, json };
}

/** Checks that every slot is there, with approved texts of this market and of no other. */
function assertTextsOf(market, answer) {
  assert.equal(answer.status, 200);
  assert.deepEqual(answer.json.flags.map((flag) => flag.key), [...SLOTS].sort());
  for (const flag of answer.json.flags) {
    assert.deepEqual(flag.value, rendering(flag.key, flag.variant, market));
    assert.equal(flag.metadata.market, market);
  }
}

test('bulk says of each slot what single says', async () => {
  const context = visitorIn('fr-FR');
  const { json } = await evaluate(context);
  for (const flag of json.flags) {
    assert.deepEqual((await evaluate(context, { path: `${FLAGS}/${flag.key}` })).json, flag);
  }
});

for (const form of [(tag) => tag, (tag) => `W/${tag}`, (tag) => `"another", ${tag}`]) {
  test(`nothing is sent again for the same context and ${form('"tag"')}`, async () => {
    const first = await evaluate(visitorIn('ja-JP'));
    assert.match(first.tag, /^"[^"]+"$/);
    const again = await evaluate(visitorIn('ja-JP'), { tag: form(first.tag) });
    assert.deepEqual([again.status, again.text, again.tag], [304, '', first.tag]);
  });
}

test('from Japan to Germany and back, a stale tag never keeps the other market’s texts', async () => {
  const inJapan = await evaluate(visitorIn('ja-JP'));
  assertTextsOf('ja-JP', inJapan);
  const inGermany = await evaluate(visitorIn('de-DE'), { tag: inJapan.tag });
  assertTextsOf('de-DE', inGermany);
  const back = await evaluate(visitorIn('ja-JP'), { tag: inGermany.tag });
  assertTextsOf('ja-JP', back);
  assert.equal((await evaluate(visitorIn('ja-JP'), { tag: inJapan.tag })).status, 304);
});

test('a tag of one market holds in no other', async () => {
  for (const from of MARKETS) {
    const { tag } = await evaluate(visitorIn(from));
    for (const to of MARKETS.filter((market) => market !== from)) {
      assertTextsOf(to, await evaluate(visitorIn(to), { tag }));
    }
  }
});

test('a market named outright does not share a tag either', async () => {
  const { tag } = await evaluate({ targetingKey: 'v1', market: 'ja-JP' });
  assertTextsOf('de-DE', await evaluate({ targetingKey: 'v1', market: 'de-DE' }, { tag }));
});

test('a tag holds for one visitor and for the slots asked for', async () => {
  const { tag } = await evaluate(visitorIn('ja-JP'));
  assert.equal((await evaluate(visitorIn('ja-JP', { targetingKey: 'v2' }), { tag })).status, 200);
  const some = await evaluate(visitorIn('ja-JP', { milieu: { slots: ['product.cta'] } }), { tag });
  assert.deepEqual(some.json.flags.map((flag) => flag.key), ['product.cta']);
});

test('asked one by one with stale tags, slots give the texts of the market asked for', async () => {
  const tags = {};
  for (const market of MARKETS) tags[market] = (await evaluate(visitorIn(market))).tag;
  for (const market of ['ja-JP', 'de-DE', 'ja-JP']) {
    for (const tag of Object.values(tags)) {
      for (const slot of SLOTS) {
        const { status, json } = await evaluate(visitorIn(market), { tag, path: `${FLAGS}/${slot}` });
        assert.equal(status, 200);
        assert.deepEqual(json.value, rendering(slot, json.variant, market));
      }
    }
  }
});

test('quiet mode ends a tag, and ending it does too', async () => {
  const context = visitorIn('pt-BR', { targetingKey: 'quiet' });
  const before = await evaluate(context);
  await shop.api('PUT', '/api/v1/quiet/BR', { reason: 'a test' });
  const during = await evaluate(context, { tag: before.tag });
  assertTextsOf('pt-BR', during);
  const hero = during.json.flags.find((flag) => flag.key === 'home.hero');
  assert.deepEqual(hero.value, rendering('home.hero', 'classic', 'pt-BR'));
  await shop.api('DELETE', '/api/v1/quiet/BR');
  assert.equal((await evaluate(context, { tag: during.tag })).status, 200);
});

test('without a visitor, each slot that splits says what is missing', async () => {
  const { status, json } = await evaluate({ market: 'ja-JP' });
  assert.equal(status, 200);
  assert.deepEqual(json.flags.map((flag) => [flag.key, flag.errorCode]), [...SLOTS].sort().map((key) => [key, 'TARGETING_KEY_MISSING']));
  assert.ok(json.flags.every((flag) => flag.errorDetails.includes('targetingKey')));
});

test('an unknown market refuses the whole request', async () => {
  const { status, json } = await evaluate({ targetingKey: 'v1', market: 'ko-KR' });
  assert.deepEqual([status, json.errorCode], [400, 'INVALID_CONTEXT']);
});

for (const [key, status] of [['', 401], ['mil_public_0000', 401], [shop.writeKey, 403]]) {
  test(`bulk with the key "${key.slice(0, 10)}" is ${status}, also with a tag that would match`, async () => {
    const { tag } = await evaluate(visitorIn('ja-JP'));
    const answer = await evaluate(visitorIn('ja-JP'), { key, tag });
    assert.deepEqual([answer.status, answer.json.errorCode, answer.json.flags], [status, 'GENERAL', undefined]);
  });
}

test('a page of another origin may ask, send a tag, and read the tag it gets', async () => {
  const wanted = ['authorization', 'content-type', 'if-none-match', 'x-api-key'];
  const preflight = await fetch(shop.url + FLAGS, {
    method: 'OPTIONS',
    headers: {
      Origin: 'https://shop.example',
      'Access-Control-Request-Method': 'POST',
      'Access-Control-Request-Headers': wanted.join(','),
    },
  });
  const list = (response, name) => (response.headers.get(name) ?? '').toLowerCase().split(/,\s*/);
  assert.equal(preflight.status, 200);
  assert.equal(preflight.headers.get('access-control-allow-origin'), '*');
  for (const header of wanted) assert.ok(list(preflight, 'access-control-allow-headers').includes(header), header);
  const headers = { Origin: 'https://shop.example', 'X-API-Key': shop.publicKey };
  const asked = await fetch(shop.url + FLAGS, { method: 'POST', headers, body: '{"context":{"targetingKey":"v1"}}' });
  assert.equal(asked.headers.get('access-control-allow-origin'), '*');
  for (const header of ['etag', 'retry-after']) assert.ok(list(asked, 'access-control-expose-headers').includes(header), header);
});

test('a stream is offered without any key in its address', async () => {
  const { text, json } = await evaluate(visitorIn('ja-JP'), { key: shop.serverKey });
  const [stream] = json.eventStreams;
  assert.equal(stream.type, 'sse');
  assert.match(stream.endpoint.requestUri, /^\/ofrep\/v1\/stream\?ticket=/);
  assert.ok(!text.includes(shop.serverKey));
  const refused = await fetch(`${shop.url}/ofrep/v1/stream?ticket=AAAA`);
  assert.equal(refused.status, 401);
});

test('a thousand slots come in one answer', async () => {
  const one = (number) => `[[slot]]\nkey = "many.n${number}"\ntype = "integer"\ngoal = "click"\ndefault = ${number}\n` +
    `[[slot.variant]]\nkey = "only"\ngeneric = true\nrenderings = {}\n`;
  await shop.api('PUT', '/api/v1/slots', Array.from({ length: 1_000 }, (_, number) => one(number)).join(''));
  const { json } = await evaluate(visitorIn('ja-JP'));
  const many = json.flags.filter((flag) => flag.key.startsWith('many.'));
  assert.equal(many.length, 1_000);
  assert.ok(many.every((flag) => flag.key === `many.n${flag.value}` && flag.reason === 'DISABLED'));
});
