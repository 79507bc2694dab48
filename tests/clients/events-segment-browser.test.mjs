// Segment's library for browsers, unmodified, in a real Chromium on another origin.
import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { after } from 'node:test';
import { launch, openPage, startSite } from './browser.mjs';
import { casesOf, installed } from './conformance.mjs';
import { eventCases, everyCall, kept, watch } from './events.cases.mjs';
import { bodyOf, startProxy } from './proxy.mjs';
import { eventually, startShop } from './server.mjs';

const shop = await startShop();
after(() => shop.stop());
const proxy = await startProxy(shop.url);
after(() => proxy.stop());
const site = await startSite('analytics.js');
after(() => site.stop());
const browser = await launch();
after(() => browser.close());
const { counted } = watch(shop);

const packages = [await installed('@segment/analytics-next'), `Chromium ${browser.version()}`];
const isEvent = (request) => request.method === 'POST' && /^\/v1\/\w$/.test(request.path) && !request.path.endsWith('/m');
const posts = () => proxy.passed.filter(isEvent);
const messages = (request) => (request.path.endsWith('/b') ? bodyOf(request).batch.length : 1);
const delivered = () =>
  posts().filter((request) => request.status < 400 && request.status && !request.lost).reduce((sum, request) => sum + messages(request), 0);

async function openSite({ key = shop.writeKey, strategy } = {}) {
  const opened = await openPage(browser, site);
  await opened.page.evaluate((given) => globalThis.site.open(given), { url: proxy.url, key, strategy });
  const say = (call) => opened.page.evaluate((given) => globalThis.site.say(given), call);
  const errors = () => opened.page.evaluate(() => globalThis.site.errors);
  return { ...opened, say, errors };
}

const sending = (strategy) => async ({ key, calls }) => {
  const before = delivered();
  const opened = await openSite({ key, strategy });
  try {
    const said = await Promise.all(calls.map(opened.say));
    const refused = said.filter(Boolean);
    const dropped = () => posts().filter((request) => [400, 401, 413].includes(request.status)).length;
    const isDone = () => calls.length <= delivered() - before + refused.length + dropped();
    await eventually(async () => isDone(), Boolean, 'an answer to all');
    return { errors: await opened.errors(), refused };
  } finally {
    await opened.close();
  }
};

const always = {
  'explicit nulls are absences': 'it leaves out what is not there',
  'no visitor': 'it gives every visitor an anonymousId',
  'the same messageId twice': 'it makes every messageId itself: see the answer that is lost',
};

/** A case on a page whose every request is seen. */
const onPage = (options, act) => async () => {
  proxy.forget();
  const opened = await openSite(options);
  try {
    await act(opened);
  } finally {
    await opened.close();
  }
};

const page = () => ({ call: 'page', anonymousId: randomUUID(), name: 'Start' });
const arrives = (count) => eventually(async () => delivered(), (now) => now === count, `${count} messages`);

const standard = casesOf({ door: 'events', client: 'Segment browser', packages });
eventCases(standard, {
  send: sending(undefined),
  traits: {
    packs: 'none',
    type: /^text\/plain/,
    splits: 'it sends every message alone',
    ownPace: [503],
    remarks: {
      'a message beyond 32 KiB': '413: dropped, and said',
      '503 with Retry-After, then delivered': 'at its own pace: it heeds Retry-After of 429 only',
    },
    lacks: always,
  },
  shop,
  proxy,
});

standard.passes('the settings route gives the key back, and events carry it', onPage({}, async ({ say }) => {
  const [settings] = proxy.passed.filter((request) => request.path.endsWith('/settings'));
  assert.deepEqual([settings.path, settings.status], [`/v1/projects/${shop.writeKey}/settings`, 200]);
  await say(page());
  await arrives(1);
  const [{ headers, path }] = posts();
  assert.equal(headers.authorization, `Basic ${Buffer.from(`${shop.writeKey}:`).toString('base64')}`);
  assert.equal(path, '/v1/p');
}));

standard.passes('routes of one letter', onPage({}, async ({ say }) => {
  const calls = everyCall();
  const taken = await counted(async () => {
    for (const call of calls) await say(call);
    await arrives(calls.length);
  });
  assert.deepEqual(taken, kept(calls.length));
  assert.deepEqual(posts().map((request) => request.path).sort(), ['a', 'g', 'i', 'p', 's', 't'].map((letter) => `/v1/${letter}`));
}));

standard.passes('preflight, and headers that the page may read', onPage({}, async ({ say, complaints }) => {
  await say(page());
  await arrives(1);
  const preflights = proxy.passed.filter((request) => request.method === 'OPTIONS');
  assert.ok(preflights.some(({ headers }) => /authorization/.test(headers['access-control-request-headers'])));
  assert.ok(preflights.every((request) => request.status === 200));
  assert.match(posts()[0].answer['access-control-expose-headers'], /retry-after/i);
  assert.deepEqual(complaints, []);
}));

standard.passes('the library’s own metrics are taken, and asked for by nobody', async () => {
  const measured = () => proxy.passed.filter((request) => request.path === '/v1/m');
  const body = JSON.stringify({
    integrations: { 'Segment.io': { apiKey: shop.writeKey } },
    plan: {},
    metrics: { sampleRate: 1, flushTimer: 50, host: `${new URL(proxy.url).host}/v1`, protocol: 'http' },
  });
  await onPage({}, async ({ say }) => {
    await say(page());
    await arrives(1);
    assert.deepEqual(measured(), [], 'the settings that the server gives switch them off');
  })();
  proxy.forget();
  proxy.fault({ path: /settings$/, status: 200, body });
  const opened = await openSite();
  await opened.say(page());
  await eventually(async () => measured().map((request) => request.status), (now) => now.includes(200), 'metrics');
  await opened.close();
});

standard.passes('offline halfway', onPage({}, async ({ say, context }) => {
  await say(page());
  await arrives(1);
  await context.setOffline(true);
  await say(page());
  await context.setOffline(false);
  await arrives(2);
}));

const keepalive = { config: { keepalive: true } };
standard.passes('keepalive: what was on its way arrives when the page is closed', async () => {
  proxy.forget();
  const opened = await openSite({ strategy: keepalive });
  const taken = await counted(async () => {
    const leaves = opened.page.waitForRequest((request) => request.url().endsWith('/v1/p') && request.method() === 'POST');
    void opened.say(page()).catch(() => {});
    await leaves;
    await opened.page.close();
    await arrives(1);
  });
  assert.deepEqual(taken, kept(1));
  await opened.close();
});

const batching = { strategy: 'batching', config: { size: 10, timeout: 300 } };
const batched = casesOf({ door: 'events', client: 'Segment browser, batching', packages });
eventCases(batched, {
  send: sending(batching),
  traits: {
    packs: 'none',
    type: /^text\/plain/,
    splits: 'its batches end at 450 KB',
    silent: true,
    ownPace: [503],
    remarks: {
      'a message beyond 32 KiB': 'the library sends it; the server rejects it and keeps the others',
      '401: an unknown write key': 'the library tells nobody',
      '401: a public key': 'the library tells nobody',
      'strict mode': 'the library tells nobody',
      '503 with Retry-After, then delivered': 'at its own pace: it heeds Retry-After of 429 only',
    },
    lacks: always,
  },
  shop,
  proxy,
});

batched.passes('batches go to /v1/b', onPage({ strategy: batching }, async ({ say }) => {
  await Promise.all(Array.from({ length: 25 }, () => say(page())));
  await arrives(25);
  assert.deepEqual([...new Set(posts().map((request) => request.path))], ['/v1/b']);
  assert.ok(posts().length < 25);
}));
