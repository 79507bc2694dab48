// OpenFeature's own server SDK and OFREP provider, unmodified, against a running shop.
import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { OFREPProvider } from '@openfeature/ofrep-provider';
import { OpenFeature } from '@openfeature/server-sdk';
import { startShop } from './server.mjs';
import { COUNTRY, MARKETS, isGeneric, rendering } from './texts.mjs';

const shop = await startShop();
after(() => shop.stop());
after(() => OpenFeature.close());

const HERO = { title: 'the page’s own default' };
const hero = (asker, context) => asker.getObjectDetails('home.hero', HERO, context);
const client = await connect('server key', { headers: { 'X-API-Key': shop.serverKey } });

/** Points an unmodified provider at the shop. */
async function connect(domain, options) {
  await OpenFeature.setProviderAndWait(domain, new OFREPProvider({ baseUrl: shop.url, ...options }));
  const asker = OpenFeature.getClient(domain);
  asker.setLogger({ error() {}, warn() {}, info() {}, debug() {} });
  return asker;
}

/** Checks that an answer is an approved rendering of this slot in this market. */
function assertServed(details, slot, market) {
  assert.equal(details.errorCode, undefined, details.errorMessage);
  assert.deepEqual(details.value, rendering(slot, details.variant, market));
  assert.equal(details.reason, 'SPLIT');
  const told = details.flagMetadata;
  assert.equal(told.slot, slot);
  assert.equal(told.market, market);
  assert.equal(told.variant, details.variant);
  assert.equal(told.generic, isGeneric(slot, details.variant));
}

/** Checks that the page's own default is given, and why. */
function assertDefault(details, code, value = HERO) {
  assert.deepEqual(details.value, value);
  assert.equal(details.reason, 'ERROR');
  assert.equal(details.errorCode, code, details.errorMessage);
}

for (const market of MARKETS) {
  test(`every kind of slot gives approved content in ${market}`, async () => {
    for (const visitor of ['a', 'b', 'c', 'd', 'e', 'f', 'ü – 訪問者 – 👋']) {
      const context = { targetingKey: visitor, market };
      assertServed(await hero(client, context), 'home.hero', market);
      assertServed(await client.getStringDetails('product.cta', '-', context), 'product.cta', market);
      assertServed(await client.getNumberDetails('listing.columns', -1, context), 'listing.columns', market);
    }
  });
}

test('metadata is flat and says how the decision came about', async () => {
  const { flagMetadata } = await hero(client, { targetingKey: 'somebody', market: 'de-DE' });
  const kinds = Object.fromEntries(Object.entries(flagMetadata).map(([name, value]) => [name, typeof value]));
  assert.deepEqual(kinds, {
    decisionId: 'string',
    slot: 'string',
    market: 'string',
    marketStep: 'string',
    variant: 'string',
    generic: 'boolean',
    holdout: 'boolean',
    policy: 'string',
    policyVersion: 'number',
    packVersion: 'string',
    propensity: 'number',
    explored: 'boolean',
    explain: 'string',
  });
  assert.match(flagMetadata.decisionId, /^[\w-]{60}$/);
  assert.ok(0 < flagMetadata.propensity && flagMetadata.propensity <= 1);
  assert.ok(!JSON.stringify(flagMetadata).includes('somebody'), 'metadata says nothing about people');
});

test('visitors are split: some are held out with the generic variant, others get any variant', async () => {
  const visitors = Array.from({ length: 150 }, (_, number) => `split-${number}`);
  const answers = await Promise.all(visitors.map((visitor) => hero(client, { targetingKey: visitor, market: 'fr-FR' })));
  const heldOut = answers.filter((answer) => answer.flagMetadata.holdout);
  assert.ok(10 < heldOut.length && heldOut.length < 60, `${heldOut.length} of 150 are held out, about 30 should be`);
  assert.ok(heldOut.every((answer) => answer.flagMetadata.generic));
  assert.ok(heldOut.every((answer) => answer.flagMetadata.propensity === 0.2));
  const variants = new Set(answers.filter((answer) => !answer.flagMetadata.holdout).map((answer) => answer.variant));
  assert.deepEqual([...variants].sort(), ['classic', 'detailed', 'personal']);
  assert.equal(new Set(answers.map((answer) => answer.flagMetadata.decisionId)).size, visitors.length);
});

test('a visitor gets the same answer again, decision id included', async () => {
  const context = { targetingKey: 'again', country: 'JP', locale: 'ja-JP' };
  const first = await hero(client, context);
  const others = await Promise.all(Array.from({ length: 20 }, () => hero(client, context)));
  for (const other of others) assert.deepEqual(other, first);
});

test('content does not depend on what else a page puts into the context', async () => {
  const bare = await hero(client, { targetingKey: 'page', market: 'ja-JP' });
  const cart = { items: [{ id: 1, tags: ['red', null] }], at: new Date(0) };
  assert.deepEqual(await hero(client, { targetingKey: 'page', market: 'ja-JP', cart, variant: 'personal', holdout: true }), bare);
});

test('from Japan to Germany and back, a visitor only ever reads texts of the market they are in', async () => {
  for (const market of ['ja-JP', 'de-DE', 'ja-JP', 'fr-FR', 'de-DE', 'pt-BR', 'ja-JP']) {
    const context = { targetingKey: 'traveller', country: COUNTRY[market], locale: market };
    assertServed(await hero(client, context), 'home.hero', market);
    assertServed(await client.getStringDetails('product.cta', '-', context), 'product.cta', market);
  }
});

test('requests at the same time do not mix visitors or markets', async () => {
  const asked = Array.from({ length: 200 }, (_, number) => ({ targetingKey: `crowd-${number % 7}`, market: MARKETS[number % 4] }));
  const answers = await Promise.all(asked.map((context) => client.getStringDetails('product.cta', '-', context)));
  answers.forEach((answer, place) => assertServed(answer, 'product.cta', asked[place].market));
  const alone = await client.getStringDetails('product.cta', '-', asked[13]);
  assert.deepEqual(answers[13], alone);
});

for (const [context, market, step] of [
  [{ market: 'de-DE' }, 'de-DE', 'explicit'],
  [{ market: 'de-DE', country: 'JP', locale: 'ja-JP' }, 'de-DE', 'explicit'],
  [{ country: 'FR', locale: 'fr-FR' }, 'fr-FR', 'country+locale'],
  [{ country: 'JP' }, 'ja-JP', 'country'],
  [{ country: 'BR', locale: 'en-US' }, 'pt-BR', 'country'],
  [{ locale: 'pt' }, 'pt-BR', 'language'],
  [{ country: 'US', locale: 'en-US' }, 'ja-JP', 'default'],
  [{}, 'ja-JP', 'default'],
]) {
  test(`${JSON.stringify(context)} is ${market}, by ${step}`, async () => {
    const details = await hero(client, { targetingKey: 'm', ...context });
    assertServed(details, 'home.hero', market);
    assert.equal(details.flagMetadata.marketStep, step);
  });
}

test('a market that is not served is an error, never another market', async () => {
  const details = await hero(client, { targetingKey: 'm', market: 'ko-KR' });
  assertDefault(details, 'INVALID_CONTEXT');
  assert.match(details.errorMessage, /ko-KR.*ja-JP, de-DE, fr-FR, pt-BR/);
});

test('asking for the wrong type gives the default and says so', async () => {
  const context = { targetingKey: 'a', market: 'ja-JP' };
  assertDefault(await client.getStringDetails('home.hero', '-', context), 'TYPE_MISMATCH', '-');
  assertDefault(await client.getStringDetails('listing.columns', '-', context), 'TYPE_MISMATCH', '-');
  assertDefault(await client.getBooleanDetails('product.cta', true, context), 'TYPE_MISMATCH', true);
  assertDefault(await client.getNumberDetails('product.cta', 7, context), 'TYPE_MISMATCH', 7);
});

for (const key of ['no.such', 'home/hero', 'home.hero/', 'Home.Hero', 'ホーム', 'two words', '%zz']) {
  test(`there is no slot ${key}`, async () => {
    const details = await client.getStringDetails(key, '-', { targetingKey: 'a', market: 'ja-JP' });
    assertDefault(details, 'FLAG_NOT_FOUND', '-');
    assert.match(details.errorMessage, /there is no slot/);
  });
}

test('a slot with several variants needs to know the visitor', async () => {
  for (const context of [undefined, {}, { market: 'ja-JP' }, { targetingKey: '', market: 'ja-JP' }]) {
    const details = await hero(client, context);
    assertDefault(details, 'TARGETING_KEY_MISSING');
    assert.match(details.errorMessage, /home\.hero.*targetingKey/);
  }
});

test('a targeting key that is no text, or a body beyond 64 KiB, gives the default', async () => {
  assertDefault(await hero(client, { targetingKey: 7, market: 'ja-JP' }), 'INVALID_CONTEXT');
  assertDefault(await hero(client, { targetingKey: 'a', pad: 'x'.repeat(70_000) }), 'GENERAL');
});

for (const [name, headers] of [
  ['no key', undefined],
  ['a key that is not known', { 'X-API-Key': 'mil_server_0000' }],
  ['a write key', { 'X-API-Key': shop.writeKey }],
]) {
  test(`${name} gives the default`, async () => {
    const stranger = await connect(name, { headers });
    assertDefault(await hero(stranger, { targetingKey: 'a', market: 'ja-JP' }), 'GENERAL');
  });
}

for (const [name, options] of [
  ['a public key', { headers: { 'X-API-Key': shop.publicKey } }],
  ['a bearer token', { headers: { Authorization: `Bearer ${shop.serverKey}` } }],
  ['headers as a list', { headers: [['x-api-key', shop.serverKey]] }],
  ['headers from a factory', { headersFactory: async () => ({ 'X-API-Key': shop.serverKey }) }],
]) {
  test(`${name} opens the door to the same answer`, async () => {
    const context = { targetingKey: 'door', market: 'de-DE' };
    const asker = await connect(name, options);
    assert.deepEqual(await hero(asker, context), await hero(client, context));
  });
}

test('quiet mode holds at once, in its market only, and ends at once for who comes after', async () => {
  const visitors = (name) => Array.from({ length: 20 }, (_, number) => `${name}-${number}`);
  const ask = (who, market) => Promise.all(visitors(who).map((visitor) => hero(client, { targetingKey: visitor, market })));
  const isAdapted = (answer) => !answer.flagMetadata.generic;
  const french = await ask('before', 'fr-FR');
  assert.ok((await ask('before', 'de-DE')).some(isAdapted));
  await shop.api('PUT', '/api/v1/quiet/DE', { reason: 'a test' });
  for (const answer of await ask('before', 'de-DE')) {
    assert.deepEqual(answer.value, rendering('home.hero', 'classic', 'de-DE'));
  }
  assert.deepEqual(await ask('before', 'fr-FR'), french);
  await shop.api('DELETE', '/api/v1/quiet/DE');
  assert.ok((await ask('after', 'de-DE')).some(isAdapted));
});

const NEW_SLOTS = `
[[slot]]
key = "cart.gift-wrap"
type = "boolean"
goal = "click"
default = false
[[slot.variant]]
key = "offered"
generic = true
occasion = "neutral"
renderings = { "ja-JP" = true }

[[slot]]
key = "listing.zoom"
type = "float"
goal = "click"
default = 2.0
[[slot.variant]]
key = "close"
generic = true
occasion = "neutral"
renderings = { "ja-JP" = 3.0 }
`;

test('a boolean and a float give their typed defaults until somebody else approves them', async () => {
  const context = { market: 'ja-JP' };
  await shop.api('PUT', '/api/v1/slots', NEW_SLOTS);
  const early = await client.getBooleanDetails('cart.gift-wrap', true, context);
  assert.deepEqual([early.value, early.reason, early.variant], [false, 'DISABLED', 'default']);
  assert.equal(early.flagMetadata.decisionId, undefined);
  assert.equal((await client.getNumberDetails('listing.zoom', 0, context)).value, 2);
  assert.match(await raw('listing.zoom', context), /"value":2\.0[,}]/);

  await approveAll('ja-JP', ['cart.gift-wrap', 'listing.zoom']);
  const offered = await client.getBooleanDetails('cart.gift-wrap', false, context);
  assert.deepEqual([offered.value, offered.reason, offered.variant], [true, 'STATIC', 'offered']);
  const zoom = await client.getNumberDetails('listing.zoom', 0, context);
  assert.deepEqual([zoom.value, zoom.reason], [3, 'STATIC']);
  assert.match(await raw('listing.zoom', context), /"value":3\.0[,}]/, 'Python reads 3 as an integer');
  const elsewhere = await client.getBooleanDetails('cart.gift-wrap', true, { market: 'de-DE' });
  assert.deepEqual([elsewhere.value, elsewhere.reason], [false, 'DISABLED']);
  assertDefault(await client.getStringDetails('cart.gift-wrap', '-', context), 'TYPE_MISMATCH', '-');
});

test('a slot that is withdrawn from a market by quiet mode gives its typed default', async () => {
  const context = { targetingKey: 'a', market: 'pt-BR' };
  await shop.api('PUT', '/api/v1/slots', SALE);
  await approveAll('pt-BR', ['home.sale']);
  assert.equal((await client.getStringDetails('home.sale', '-', context)).value, 'Semana de ofertas');
  await shop.api('PUT', '/api/v1/quiet/pt-BR', { reason: 'a test' });
  const quiet = await client.getStringDetails('home.sale', '-', context);
  assert.deepEqual([quiet.value, quiet.reason], ['', 'DISABLED']);
  assert.match(quiet.flagMetadata.explain, /quiet/i);
  await shop.api('DELETE', '/api/v1/quiet/pt-BR');
});

const SALE = `
[[slot]]
key = "home.sale"
type = "string"
goal = "click"
default = ""
[[slot.variant]]
key = "week"
generic = true
renderings = { "pt-BR" = "Semana de ofertas" }
`;

/** A new colleague approves what waits: nobody approves their own work. */
async function approveAll(market, slots) {
  const password = 'a long enough password';
  const name = `reviewer-${market.toLowerCase()}`;
  await shop.api('PUT', `/api/v1/users/${name}`, { password, roles: [{ role: 'reviewer', market }] });
  const reviewer = await shop.logIn(name, password);
  const { items } = await reviewer('GET', `/api/v1/reviews?state=waiting&market=${market}`);
  const mine = items.filter((item) => slots.includes(item.slot));
  assert.equal(mine.length, slots.length);
  for (const { id, subject } of mine) {
    await reviewer('POST', `/api/v1/reviews/${id}/verdicts`, { verdict: 'approve', digest: subject.digest, reason: 'reads well' });
  }
}

/** The answer as text: what a client makes of it may hide how it was written. */
async function raw(slot, context) {
  const headers = { 'X-API-Key': shop.serverKey };
  const body = JSON.stringify({ context });
  const response = await fetch(`${shop.url}/ofrep/v1/evaluate/flags/${slot}`, { method: 'POST', headers, body });
  return response.text();
}
