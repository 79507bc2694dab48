// The example shop, in a real Chromium, with a real server behind it and a proxy between them that sees the wire.
import assert from 'node:assert/strict';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { createRequire } from 'node:module';
import { after, test } from 'node:test';
import { parse } from 'smol-toml';
import { shop as site } from '../../examples/shop/server.mjs';
import { launch } from './browser.mjs';
import { watch } from './events.cases.mjs';
import { bodyOf, startProxy } from './proxy.mjs';
import { eventually, startShop } from './server.mjs';

const FILE = readFileSync(new URL('../../examples/shop/slots.toml', import.meta.url), 'utf8');
const MARKETS = ['en-US', 'de-DE', 'ja-JP', 'ar-SA'];
const slots = JSON.parse(JSON.stringify(parse(FILE))).slot;
/** What may stand in a slot in a market. */
const texts = (key, market) => slots.find((slot) => slot.key === key).variant.map((variant) => variant.renderings[market]).filter((text) => text !== undefined);

const milieu = await startShop({ markets: MARKETS, slots: null });
after(() => milieu.stop());
await milieu.open(FILE);
const proxy = await startProxy(milieu.url);
after(() => proxy.stop());
const { counted, counts } = watch(milieu);
const keys = { serverKey: milieu.serverKey, publicKey: milieu.publicKey, writeKey: milieu.writeKey };
const open = await startSite({ url: proxy.url, ...keys });
const browser = await launch();
after(() => browser.close());

async function startSite(settings) {
  const server = createServer(site(settings));
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  after(() => {
    server.closeAllConnections();
    server.close();
  });
  return `http://127.0.0.1:${server.address().port}`;
}

/** Opens a page of the shop; `complaints` holds what the console calls an error. */
async function visit(path, { url = open, locale = 'en-US', width = 1280, scheme = 'light', cookies = {}, bypassCSP = false } = {}) {
  const context = await browser.newContext({ locale, viewport: { width, height: 900 }, colorScheme: scheme, bypassCSP });
  await context.addCookies(Object.entries(cookies).map(([name, value]) => ({ name, value, url })));
  await context.addInitScript(noteChanges);
  const page = await context.newPage();
  const complaints = [];
  page.on('console', (message) => message.type() === 'error' && complaints.push(message.text()));
  page.on('pageerror', (error) => complaints.push(String(error)));
  await page.goto(url + path);
  const text = (key, field = '') => page.locator(`[data-slot="${key}"][data-field="${field}"]`).first().textContent();
  const jar = async () => Object.fromEntries((await context.cookies()).map(({ name, value }) => [name, value]));
  return { page, context, complaints, text, jar, close: () => context.close() };
}

/** Runs in the page before anything else: notes each change of a slot's text after it was first there. */
function noteChanges() {
  globalThis.changes = [];
  globalThis.shifts = 0;
  new MutationObserver((records) => {
    for (const { target, type, removedNodes } of records) {
      const slot = (target.nodeType === 1 ? target : target.parentElement)?.closest('[data-slot]');
      if (slot && (type === 'characterData' || removedNodes.length !== 0)) globalThis.changes.push(slot.dataset.slot);
    }
  }).observe(document, { subtree: true, childList: true, characterData: true });
  new PerformanceObserver((list) => list.getEntries().forEach(({ value }) => (globalThis.shifts += value))).observe({ type: 'layout-shift', buffered: true });
}

const posts = (path) => proxy.passed.filter((request) => request.method === 'POST' && request.path === path);
const sent = () => posts('/v1/batch').flatMap((request) => bodyOf(request).batch);
const arrives = (isIt, what) => eventually(async () => sent(), (events) => events.some(isIt), what);
const isOpenStream = () => proxy.passed.some(({ path, status }) => path.startsWith('/ofrep/v1/stream') && status === 200);

for (const market of MARKETS) {
  test(`in ${market}, what is painted first is the decision, and nothing is replaced`, async () => {
    proxy.forget();
    const html = await (await fetch(`${open}/${market}/`)).text();
    const { page, text, complaints, close } = await visit(`/${market}/`);
    await eventually(async () => isOpenStream(), Boolean, 'an open stream');
    const hero = { title: await text('home.hero', 'title'), text: await text('home.hero', 'text'), button: await text('home.hero', 'button') };
    assert.ok(texts('home.hero', market).some((one) => JSON.stringify(Object.entries(one).sort()) === JSON.stringify(Object.entries(hero).sort())), JSON.stringify(hero));
    assert.ok(texts('product.cta', market).includes(await text('product.cta')));
    for (const shown of [...Object.values(hero), await text('product.cta')]) assert.ok(html.includes(shown), `the page as it arrives has "${shown}"`);
    const style = await page.evaluate(() => ['--columns', '--photo'].map((name) => Number(getComputedStyle(document.documentElement).getPropertyValue(name))));
    assert.ok(texts('listing.columns', market).includes(style[0]) && texts('product.photo', market).includes(style[1]), String(style));
    assert.deepEqual(await page.evaluate(() => [globalThis.changes, globalThis.shifts]), [[], 0]);
    assert.equal(await page.locator('html').getAttribute('lang'), market);
    assert.equal(await page.locator('html').getAttribute('dir'), market === 'ar-SA' ? 'rtl' : 'ltr');
    assert.deepEqual(complaints, []);
    await close();
  });
}

test('the basket has a text and a switch of its own', async () => {
  const { page, text, close } = await visit('/de-DE/', { cookies: { basket: 'mug.lamp' } });
  assert.ok(texts('basket.reassurance', 'de-DE').includes(await text('basket.reassurance')));
  const label = await page.locator('#basket button').textContent();
  assert.ok(['Bestellen', 'In einem Schritt bestellen'].includes(label), label);
  await page.getByRole('button', { name: label }).click();
  await page.getByRole('status').waitFor();
  assert.equal(await page.getByRole('status').textContent(), 'Vielen Dank. Ihre Bestellung ist eingegangen.');
  await arrives(({ event }) => event === 'Order Completed', 'the order');
  await close();
});

test('a market is switched on the page, and stays', async () => {
  const { page, text, close, jar } = await visit('/');
  assert.equal(await page.locator('html').getAttribute('lang'), 'en-US');
  await page.getByLabel('Country and language').selectOption('de-DE');
  await page.getByRole('button', { name: 'Change' }).click();
  await page.waitForURL('**/de-DE/');
  const german = await text('product.cta');
  assert.ok(texts('product.cta', 'de-DE').includes(german));
  await page.reload();
  assert.equal(await text('product.cta'), german);
  await page.goto(`${open}/`);
  assert.equal(await page.locator('html').getAttribute('lang'), 'de-DE');
  assert.deepEqual(await jar(), { market: 'de-DE' }, 'the choice, and nothing else');
  await close();
});

test('a market is suggested from the browser’s languages, never forced, and the suggestion can be sent away', async () => {
  const { page, close } = await visit('/', { locale: 'ja-JP' });
  assert.equal(await page.locator('html').getAttribute('lang'), 'en-US');
  const suggestion = page.getByText('日本 (日本語)のページがあります。');
  await suggestion.waitFor();
  await page.getByRole('button', { name: 'このまま見る' }).click();
  await suggestion.waitFor({ state: 'detached' });
  await page.reload();
  assert.deepEqual([await suggestion.count(), await page.locator('html').getAttribute('lang')], [0, 'en-US']);
  await close();
  const other = await visit('/', { locale: 'ja-JP' });
  await other.page.getByRole('button', { name: 'そのページへ' }).click();
  await other.page.waitForURL('**/ja-JP/');
  await other.close();
});

for (const [name, cookies] of [
  ['before any answer', {}],
  ['after a no', { consent: 'no' }],
  ['with an id that was left over', { consent: 'no', visitor: 'an-id-that-was-left-over' }],
]) {
  test(`${name}, no identifier is on the wire and nothing is stored`, async () => {
    proxy.forget();
    const before = await counts('de-DE');
    const { page, jar, close } = await visit('/de-DE/', { cookies });
    await page.locator('[data-goal~="product.cta"]').first().click();
    await page.waitForURL('**#basket');
    await arrives(({ event }) => event === 'Slot Clicked', 'the click');
    for (const message of sent()) {
      assert.equal(message.anonymousId, 'nobody');
      assert.equal(message.userId, undefined);
      assert.deepEqual(message.context.consent.categoryPreferences, { analytics: false, personalization: false });
    }
    for (const { targetingKey } of posts('/ofrep/v1/evaluate/flags').map((request) => bodyOf(request).context)) assert.equal(targetingKey, 'nobody');
    assert.deepEqual(await jar(), { ...cookies, basket: 'mug' }, 'no more than was asked for');
    const stored = await page.evaluate(() => [localStorage.length, sessionStorage.length]);
    assert.deepEqual(stored, [0, 0]);
    const after = await counts('de-DE');
    assert.deepEqual([after.visitors, after.clicks], [before.visitors, before.clicks], 'counted as nobody');
    await close();
  });
}

test('who agrees is one visitor of the report; who takes it back is nobody again', async () => {
  proxy.forget();
  const before = await counts('ja-JP');
  const { page, jar, close } = await visit('/ja-JP/');
  await page.getByRole('button', { name: '同意する', exact: true }).click();
  await page.locator('.consent').waitFor({ state: 'detached' });
  const { visitor, consent } = await jar();
  assert.equal(consent, 'yes');
  assert.match(visitor, /^[\w-]{36}$/);
  const isTheirs = ({ event, anonymousId }) => event === 'Experiment Viewed' && anonymousId === visitor;
  await arrives(isTheirs, 'what they saw');
  await page.locator('[data-goal~="product.cta"]').first().click();
  await arrives(({ event, anonymousId }) => event === 'Slot Clicked' && anonymousId === visitor, 'their click');
  const isCounted = (now) => now.visitors === before.visitors + 1 && now.clicks === before.clicks + 1;
  await eventually(() => counts('ja-JP'), isCounted, 'one visitor and one click');
  await page.getByRole('button', { name: '同意しない' }).click();
  await page.getByText('プライバシーの選択: 同意しない').waitFor();
  assert.deepEqual(Object.keys(await jar()).sort(), ['basket', 'consent']);
  await close();
});

test('quiet mode changes the text of an open page', async () => {
  const visitor = await whoIsGiven('Erst einmal in den Warenkorb');
  proxy.forget();
  const { text, complaints, page, close } = await visit('/de-DE/', { cookies: { consent: 'yes', visitor } });
  assert.equal(await text('product.cta'), 'Erst einmal in den Warenkorb');
  await eventually(async () => isOpenStream(), Boolean, 'an open stream');
  await milieu.api('PUT', '/api/v1/quiet/DE', { reason: 'a test' });
  await eventually(() => text('product.cta'), (shown) => shown === 'In den Warenkorb', 'the quiet text');
  assert.equal(await page.locator('[data-slot="product.cta"]').count(), 4);
  await milieu.api('DELETE', '/api/v1/quiet/DE');
  assert.deepEqual(complaints, []);
  await close();
});

async function whoIsGiven(text) {
  for (let number = 0; number < 100; number += 1) {
    const visitor = `visitor-${number}`;
    const response = await fetch(`${open}/de-DE/`, { headers: { cookie: `consent=yes; visitor=${visitor}` } });
    if ((await response.text()).includes(text)) return visitor;
  }
  return assert.fail(`nobody of 100 is given "${text}"`);
}

test('offline halfway, the page keeps its texts; what was clicked arrives afterwards', async () => {
  proxy.forget();
  const { page, context, text, close } = await visit('/en-US/', { cookies: { consent: 'yes', visitor: 'in-a-tunnel' } });
  await arrives(({ event }) => event === 'Experiment Viewed', 'what was seen');
  const shown = await text('home.hero', 'title');
  await context.setOffline(true);
  await page.locator('[data-goal="home.hero"]').click();
  assert.equal(await text('home.hero', 'title'), shown);
  assert.ok(!sent().some(({ event }) => event === 'Slot Clicked'));
  const taken = await counted(async () => {
    await context.setOffline(false);
    await arrives(({ event, anonymousId }) => event === 'Slot Clicked' && anonymousId === 'in-a-tunnel', 'the click');
    await eventually(async () => posts('/v1/batch').at(-1).status, (status) => status === 200, 'its answer');
  });
  assert.deepEqual(taken.rejected, {});
  await close();
});

test('without Milieu, the page stands with its own defaults, in their own language', async () => {
  const alone = await startSite({ url: 'http://127.0.0.1:9', ...keys });
  const { page, text, complaints, close } = await visit('/ar-SA/', { url: alone });
  assert.equal(await text('home.hero', 'title'), 'Welcome');
  assert.equal(await text('product.cta'), 'Add to basket');
  assert.deepEqual(await page.locator('h1').evaluate(({ lang, dir }) => [lang, dir]), ['en', 'ltr']);
  assert.equal(await page.locator('html').getAttribute('dir'), 'rtl');
  await page.locator('[data-goal~="product.cta"]').first().click();
  await page.waitForURL('**#basket');
  assert.deepEqual(complaints, []);
  await close();
});

test('values of another kind give the default, and no value becomes markup', async () => {
  const metadata = { decisionId: 'x' };
  const flags = [
    { key: 'home.hero', value: { title: '<img src=x onerror=alert(1)>', text: '"><script>alert(1)</script>', button: '</script>' }, metadata },
    { key: 'product.cta', value: 7, metadata },
    { key: 'listing.columns', value: '3;} body{display:none', metadata },
    { key: 'product.photo', value: 1e300, metadata },
  ];
  proxy.fault({ path: /evaluate/, status: 200, body: JSON.stringify({ flags }) });
  const { page, text, complaints, close } = await visit('/en-US/');
  assert.equal(await text('home.hero', 'title'), '<img src=x onerror=alert(1)>');
  assert.equal(await text('product.cta'), 'Add to basket');
  assert.equal(await page.locator('img, body script:not([type="application/json"])').count(), 0);
  const style = await page.evaluate(() => ['--columns', '--photo'].map((name) => getComputedStyle(document.documentElement).getPropertyValue(name)));
  assert.deepEqual(style, ['3', '2']);
  assert.deepEqual(complaints, []);
  await close();
});

test('a page shows neither the server’s key nor the write key', async () => {
  const html = await (await fetch(`${open}/de-DE/`)).text();
  assert.ok(html.includes(milieu.publicKey));
  assert.ok(!html.includes(milieu.serverKey) && !html.includes(milieu.writeKey));
});

test('other sites’ forms, unknown pages and reports of another form are refused', async () => {
  const post = (path, body, headers) => fetch(open + path, { method: 'POST', body, headers, redirect: 'manual' }).then(({ status }) => status);
  const own = { origin: open };
  assert.equal(await post('/consent', 'choice=yes', { origin: 'https://elsewhere.example' }), 403);
  assert.equal(await post('/consent', 'choice=yes', {}), 403);
  assert.equal(await post('/market', 'market=//elsewhere.example', own), 303);
  for (const body of ['', 'nonsense', '[]', '[null]', '[{"event":"Order Completed"}]', JSON.stringify(Array(51).fill({}))]) {
    assert.equal(await post('/events', body, own), 400, body.slice(0, 40));
  }
  assert.equal(await post('/events', 'x'.repeat(70_000), own), 413);
  for (const path of ['/xx-YY/', '/en-US/more', '/../server.mjs', '/shop.js/']) assert.equal((await fetch(open + path)).status, 404, path);
});

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

for (const market of ['en-US', 'ar-SA'])
  for (const scheme of ['light', 'dark'])
    for (const width of [1280, 390])
      test(`axe finds nothing and nothing sticks out: ${market}, ${scheme}, ${width}`, async () => {
        const cookies = width === 390 ? { consent: 'no', basket: 'mug' } : {};
        const { page, complaints, close } = await visit(`/${market}/`, { locale: 'de-DE', scheme, width, cookies, bypassCSP: true });
        await page.evaluate(axe);
        const { violations } = await page.evaluate(() =>
          globalThis.axe.run(document, { runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'] }));
        assert.deepEqual(violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' | ')}`), []);
        const room = await page.evaluate(() => document.scrollingElement.scrollWidth - document.scrollingElement.clientWidth);
        assert.equal(room, 0);
        assert.deepEqual(complaints, []);
        await close();
      });
