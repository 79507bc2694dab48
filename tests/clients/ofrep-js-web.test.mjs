// OpenFeature's web SDK and its OFREP web provider, unmodified, in a real Chromium on another origin.
import assert from 'node:assert/strict';
import { after } from 'node:test';
import { launch, openPage, startSite } from './browser.mjs';
import { casesOf, installed } from './conformance.mjs';
import { HERO, assertHero, openKinds, sharedCases, visitorIn } from './ofrep.cases.mjs';
import { startProxy } from './proxy.mjs';
import { eventually, startShop } from './server.mjs';
import { rendering } from './texts.mjs';

const shop = await startShop();
after(() => shop.stop());
const proxy = await startProxy(shop.url);
after(() => proxy.stop());
await openKinds(shop);
const site = await startSite('ofrep.js');
after(() => site.stop());
const browser = await launch();
after(() => browser.close());

const cases = casesOf({
  door: 'decisions',
  client: 'OpenFeature JS web',
  packages: [await installed('@openfeature/web-sdk'), await installed('@openfeature/ofrep-web-provider'), `Chromium ${browser.version()}`],
});

/** Opens a page whose visitor may move to another context before each question. */
async function open({ url, key, ...options }) {
  const opened = await openPage(browser, site);
  const { page } = opened;
  let where = JSON.stringify({});
  const started = await page.evaluate((given) => globalThis.site.open(given), { url, key, context: options.context ?? {}, ...options });
  if (options.context) where = JSON.stringify(options.context);
  const move = async (context) => {
    if (where === JSON.stringify(context)) return;
    where = JSON.stringify(context);
    await page.evaluate((to) => globalThis.site.move(to), context);
  };
  const ask = async (kind, slot, fallback, context) => {
    if (context) await move(context);
    return page.evaluate((given) => globalThis.site.ask(...given), [kind, slot, fallback]);
  };
  const heard = () => page.evaluate(() => globalThis.site.heard);
  return { ...opened, started, move, ask, heard, hero: (context) => ask('object', 'home.hero', HERO, context) };
}

const publicly = { open: ({ url }) => open({ url, key: shop.publicKey }), shop };

/** A case on a page behind the proxy, which forgets what it saw before. */
const onPage = (options, act) => async () => {
  proxy.forget();
  const page = await open({ url: proxy.url, key: shop.publicKey, context: visitorIn('ja-JP'), ...options });
  try {
    await act(page);
  } finally {
    await page.close();
  }
};
const asked = () => proxy.passed.filter((request) => request.method === 'POST');
const statuses = () => asked().map((request) => request.status);

cases.passes('304', onPage({}, async ({ hero }) => {
  const first = assertHero(await hero(), 'ja-JP');
  // Of the context only visitor, market, country and locale are used.
  const again = await hero(visitorIn('ja-JP', { path: '/checkout' }));
  assert.deepEqual(again, first);
  assert.deepEqual(statuses(), [200, 304]);
  assert.equal(asked()[1].headers['if-none-match'], asked()[0].answer.etag);
}));

cases.passes('a stale tag never keeps the other market’s texts', onPage({}, async ({ hero }) => {
  for (const market of ['ja-JP', 'de-DE', 'ja-JP']) assertHero(await hero(visitorIn(market)), market);
  assert.deepEqual(statuses(), [200, 200, 200]);
  assert.ok(asked()[1].headers['if-none-match'], 'the client sends the tag of the market it left');
}));

cases.passes('preflight, and headers that the page may read', onPage({}, async ({ hero, complaints }) => {
  assertHero(await hero(), 'ja-JP');
  const [preflight] = proxy.passed.filter((request) => request.method === 'OPTIONS');
  assert.match(preflight.headers['access-control-request-headers'], /x-api-key/);
  assert.equal(preflight.status, 200);
  assert.match(asked()[0].answer['access-control-expose-headers'], /etag.*retry-after/i);
  assert.deepEqual(complaints, []);
}));

cases.passes('refetch over the stream', onPage({ changeDetection: 'sse', disableVisibilityRefresh: true }, async ({ hero, heard }) => {
  const visitor = await adaptedVisitor(hero, 'de-DE');
  const streams = () => proxy.passed.filter((request) => request.path.startsWith('/ofrep/v1/stream'));
  await eventually(async () => streams().some((request) => request.status === 200), Boolean, 'an open stream');
  for (const { path, headers } of streams()) {
    assert.ok(!`${path}${JSON.stringify(headers)}`.includes(shop.publicKey), 'no key in an address or header');
  }
  await shop.api('PUT', '/api/v1/quiet/DE', { reason: 'a test' });
  const isGeneric = (details) => details.metadata.generic === true;
  const quiet = await eventually(() => hero(visitor), isGeneric, 'the quiet page');
  assert.deepEqual([quiet.value, quiet.metadata.market], [rendering('home.hero', 'classic', 'de-DE'), 'de-DE']);
  assert.ok((await heard()).some(({ event, changed }) => /CHANGED/i.test(event) && changed.includes('home.hero')));
  await shop.api('DELETE', '/api/v1/quiet/DE');
}));

async function adaptedVisitor(hero, market) {
  for (let number = 0; number < 100; number += 1) {
    const visitor = visitorIn(market, { targetingKey: `adapted-${number}` });
    if (!assertHero(await hero(visitor), market).metadata.generic) return visitor;
  }
  return assert.fail(`nobody of 100 gets an adapted hero in ${market}`);
}

for (const [name, key, status] of [['an unknown key', 'mil_public_0000', 401], ['a write key', shop.writeKey, 403]]) {
  cases.passes(`401 and 403: ${name}`, onPage({ key }, async ({ started, hero }) => {
    assert.equal(started, 'PROVIDER_FATAL');
    assert.deepEqual((await hero()).value, HERO);
    assert.deepEqual(statuses(), [status], 'never asked again');
  }));
}

for (const [form, after] of [['seconds', () => '1'], ['a date', () => new Date(Date.now() + 1_500).toUTCString()]]) {
  cases.passes(`429 and recovery: Retry-After in ${form}`, onPage({}, async ({ hero, move, heard }) => {
    const first = assertHero(await hero(), 'ja-JP');
    proxy.fault({ status: 429, headers: { 'retry-after': after() } });
    assert.deepEqual(await hero(visitorIn('ja-JP', { path: '/1' })), first, 'the page keeps its last values');
    assert.ok((await heard()).some(({ event }) => /STALE/i.test(event)));
    let step = 1;
    const next = async () => {
      await move(visitorIn('de-DE', { path: `/${(step += 1)}` }));
      return hero();
    };
    assertHero(await eventually(next, (details) => details.metadata.market === 'de-DE', 'an answer'), 'de-DE');
    assert.deepEqual(statuses(), [200, 429, 200], 'the client asks nothing while it has to wait');
  }));
}

cases.passes('500', onPage({}, async ({ hero, heard }) => {
  const first = assertHero(await hero(), 'ja-JP');
  proxy.fault({ status: 500, body: JSON.stringify({ key: '', errorCode: 'GENERAL', errorDetails: 'a bug' }) });
  assert.deepEqual(await hero(visitorIn('ja-JP', { path: '/1' })), first, 'the page keeps its last values');
  assert.ok((await heard()).some(({ event }) => /ERROR/i.test(event)));
  assertHero(await hero(visitorIn('de-DE')), 'de-DE');
}));

cases.passes('offline halfway', onPage({}, async ({ hero, context }) => {
  const first = assertHero(await hero(), 'ja-JP');
  await context.setOffline(true);
  assert.deepEqual(await hero(visitorIn('ja-JP', { path: '/1' })), first, 'the page keeps its last values');
  await context.setOffline(false);
  assertHero(await hero(visitorIn('de-DE')), 'de-DE');
}));

cases.passes('offline at the start, with answers from the visit before', onPage({ cached: true }, async ({ page, context, hero }) => {
  const first = assertHero(await hero(), 'ja-JP');
  await context.route(`${proxy.url}/**`, (route) => route.abort('internetdisconnected'));
  await page.reload();
  await page.waitForFunction(() => globalThis.ready === true);
  const again = { url: proxy.url, key: shop.publicKey, context: visitorIn('ja-JP'), cached: true };
  assert.equal(await page.evaluate((given) => globalThis.site.open(given), again), null);
  const kept = await hero();
  assert.deepEqual([kept.value, kept.reason, kept.metadata.decisionId], [first.value, 'CACHED', first.metadata.decisionId]);
}));

cases.passes('kept answers, with the documented cache key', onPage({ cached: true }, async ({ page, hero }) => {
  for (const market of ['ja-JP', 'de-DE', 'ja-JP', 'de-DE']) {
    const { value, variant, metadata } = await hero(visitorIn(market));
    assert.equal(metadata.market, market, 'at once, never after the other market’s');
    assert.ok(value && variant);
  }
  assert.equal(await page.evaluate(() => localStorage.length), 2, 'two markets, two shelves');
}));

sharedCases(cases, publicly);
