// OpenFeature's web SDK and OFREP web provider, unmodified, in Node: a page's storage and EventSource stand in for a browser's.
import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { OFREPWebProvider } from '@openfeature/ofrep-web-provider';
import { OpenFeature, ProviderEvents } from '@openfeature/web-sdk';
import { EventSource } from 'eventsource';
import { eventually, startShop } from './server.mjs';
import { COUNTRY, rendering } from './texts.mjs';

const shop = await startShop();
after(() => shop.stop());
after(() => OpenFeature.close());

const DEFAULT = { title: 'the page’s own default' };
const visitorIn = (market, more) => ({ targetingKey: 'v1', country: COUNTRY[market], locale: market, ...more });
let pages = 0;

/** Opens a page: a client of its own, and a list of what it asked and was answered. */
async function openPage(context, options) {
  const asked = [];
  const listeningFetch = async (request, init) => {
    const response = await fetch(request, init);
    const path = new URL(request.url).pathname;
    asked.push({ path, tag: request.headers.get('if-none-match'), status: response.status });
    return response;
  };
  const provider = new OFREPWebProvider({
    baseUrl: shop.url,
    headers: [['X-API-Key', shop.publicKey]],
    cacheMode: 'disabled',
    changeDetection: 'none',
    fetchImplementation: listeningFetch,
    ...options,
  });
  const domain = `page-${(pages += 1)}`;
  await OpenFeature.setContext(domain, context);
  await OpenFeature.setProviderAndWait(domain, provider);
  const client = OpenFeature.getClient(domain);
  client.setLogger({ error() {}, warn() {}, info() {}, debug() {} });
  return { client, asked, move: (to) => OpenFeature.setContext(domain, to) };
}

/** Checks that the page shows approved texts of a market, in every slot. */
function assertShows(page, market) {
  const hero = page.client.getObjectDetails('home.hero', DEFAULT);
  assert.deepEqual(hero.value, rendering('home.hero', hero.variant, market));
  const button = page.client.getStringDetails('product.cta', '-');
  assert.deepEqual(button.value, rendering('product.cta', button.variant, market));
  const columns = page.client.getNumberDetails('listing.columns', -1);
  assert.deepEqual(columns.value, rendering('listing.columns', columns.variant, market));
  for (const { flagMetadata } of [hero, button, columns]) assert.equal(flagMetadata.market, market);
  return hero;
}

test('a page gets all slots at once, typed, with their decisions', async () => {
  const page = await openPage(visitorIn('fr-FR'));
  const hero = assertShows(page, 'fr-FR');
  assert.equal(hero.reason, 'SPLIT');
  assert.match(hero.flagMetadata.decisionId, /^[\w-]{60}$/);
  assert.deepEqual(page.asked, [{ path: '/ofrep/v1/evaluate/flags', tag: null, status: 200 }]);
  assert.equal(page.client.getStringDetails('home.hero', '-').errorCode, 'TYPE_MISMATCH');
  assert.equal(page.client.getStringDetails('no.such', '-').errorCode, 'FLAG_NOT_FOUND');
});

test('from Japan to Germany and back, the page never shows the other market’s texts', async () => {
  const page = await openPage(visitorIn('ja-JP'));
  assertShows(page, 'ja-JP');
  await page.move(visitorIn('de-DE'));
  assertShows(page, 'de-DE');
  await page.move(visitorIn('ja-JP'));
  assertShows(page, 'ja-JP');
  const [, toGermany, back] = page.asked;
  assert.ok(toGermany.tag && back.tag, 'the client sends the tag of the market it left');
  assert.deepEqual([toGermany.status, back.status], [200, 200]);
});

test('a context that changes nothing is answered with 304, and the page keeps its texts', async () => {
  const page = await openPage(visitorIn('ja-JP', { path: '/' }));
  const first = assertShows(page, 'ja-JP');
  await page.move(visitorIn('ja-JP', { path: '/checkout' }));
  assert.deepEqual(assertShows(page, 'ja-JP'), first);
  assert.deepEqual(page.asked.map((request) => request.status), [200, 304]);
});

test('another visitor on the same page gets an answer of their own', async () => {
  const page = await openPage(visitorIn('de-DE'));
  const first = assertShows(page, 'de-DE');
  await page.move(visitorIn('de-DE', { targetingKey: 'v2' }));
  assert.notEqual(assertShows(page, 'de-DE').flagMetadata.decisionId, first.flagMetadata.decisionId);
});

test('without a visitor, slots say what is missing', async () => {
  const page = await openPage({ country: 'JP' });
  const hero = page.client.getObjectDetails('home.hero', DEFAULT);
  assert.deepEqual([hero.value, hero.errorCode], [DEFAULT, 'TARGETING_KEY_MISSING']);
});

for (const [name, key] of [['a key that is not known', 'mil_public_0000'], ['a write key', shop.writeKey]]) {
  test(`${name} is fatal for the page, which shows its defaults`, async () => {
    const headers = [['X-API-Key', key]];
    await assert.rejects(openPage(visitorIn('ja-JP'), { headers }), { code: 'PROVIDER_FATAL' });
    const client = OpenFeature.getClient(`page-${pages}`);
    assert.deepEqual(client.getObjectValue('home.hero', DEFAULT), DEFAULT);
  });
}

test('with answers kept in the browser, the documented cache key gives each market its own texts at once', async () => {
  globalThis.localStorage = new Shelf();
  const documented = (input) =>
    JSON.stringify([input.url, input.auth, input.domain, input.targetingKey, input.context.country, input.context.locale]);
  try {
    const page = await openPage(visitorIn('ja-JP'), { cacheMode: 'local-cache-first', cacheKeyGenerator: documented });
    for (const market of ['ja-JP', 'de-DE', 'ja-JP', 'de-DE']) {
      await page.move(visitorIn(market));
      assertShows(page, market);
    }
    assert.equal(globalThis.localStorage.size, 2, 'two markets, two shelves');
  } finally {
    delete globalThis.localStorage;
  }
});

/** As much of a browser's storage as the provider uses. */
class Shelf {
  #items = new Map();
  get size() {
    return this.#items.size;
  }
  getItem(key) {
    return this.#items.get(key) ?? null;
  }
  setItem(key, value) {
    this.#items.set(key, String(value));
  }
  removeItem(key) {
    this.#items.delete(key);
  }
}

test('an open page hears of quiet mode over the stream and changes its texts', async () => {
  globalThis.EventSource = EventSource;
  const context = visitorIn('de-DE', { targetingKey: await adaptedVisitor('de-DE') });
  try {
    const page = await openPage(context, { changeDetection: 'sse' });
    const changes = [];
    page.client.addHandler(ProviderEvents.ConfigurationChanged, (change) => changes.push(...change.flagsChanged));
    assert.equal(assertShows(page, 'de-DE').flagMetadata.generic, false);
    await shop.api('PUT', '/api/v1/quiet/DE', { reason: 'a test' });
    const isQuiet = () => page.client.getObjectDetails('home.hero', DEFAULT).flagMetadata.generic === true;
    await eventually(async () => isQuiet(), (quiet) => quiet, 'the quiet page');
    assertShows(page, 'de-DE');
    assert.ok(changes.includes('home.hero'));
    await shop.api('DELETE', '/api/v1/quiet/DE');
  } finally {
    delete globalThis.EventSource;
  }
});

/** Finds a visitor whose hero is not the generic one. */
async function adaptedVisitor(market) {
  for (let number = 0; number < 100; number += 1) {
    const targetingKey = `adapted-${number}`;
    const page = await openPage(visitorIn(market, { targetingKey }));
    if (!assertShows(page, market).flagMetadata.generic) return targetingKey;
  }
  return assert.fail(`nobody of 100 gets an adapted hero in ${market}`);
}
