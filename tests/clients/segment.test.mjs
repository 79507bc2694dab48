// Segment's own Node library, unmodified, sends events to a running shop; reports say what was counted.
import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { after, test } from 'node:test';
import { gzipSync } from 'node:zlib';
import { OFREPProvider } from '@openfeature/ofrep-provider';
import { OpenFeature } from '@openfeature/server-sdk';
import { Analytics } from '@segment/analytics-node';
import { eventually, startShop } from './server.mjs';

const shop = await startShop();
after(() => shop.stop());

await OpenFeature.setProviderAndWait(new OFREPProvider({ baseUrl: shop.url, headers: { 'X-API-Key': shop.serverKey } }));
const decisions = OpenFeature.getClient();

/** Starts an unmodified client; remembers what it says went wrong. */
function connect(options) {
  const analytics = new Analytics({ host: shop.url, writeKey: shop.writeKey, flushInterval: 50, maxRetries: 3, ...options });
  const errors = [];
  analytics.on('error', (error) => errors.push(String(error.reason ?? error)));
  return { analytics, errors };
}

/** Lets a client send what `say` says, and waits until all of it was answered. */
async function send(say, options) {
  const { analytics, errors } = connect(options);
  say(analytics);
  await analytics.closeAndFlush({ timeout: 20_000 });
  return errors;
}

/** What intake counted while something was done. */
async function counted(act) {
  const before = await shop.api('GET', '/api/v1/intake');
  await act();
  const now = await shop.api('GET', '/api/v1/intake');
  const rejected = Object.entries(now.rejected).map(([why, count]) => [why, count - (before.rejected[why] ?? 0)]);
  return {
    accepted: now.accepted - before.accepted,
    duplicates: now.duplicates - before.duplicates,
    rejected: Object.fromEntries(rejected.filter(([, count]) => count !== 0)),
  };
}

const kept = (accepted, duplicates = 0) => ({ accepted, duplicates, rejected: {} });

/** Asks for a decision through OpenFeature: its id is what events carry. */
async function decide(visitor, market) {
  return told(await decisions.getStringDetails('product.cta', '-', { targetingKey: visitor, market }));
}

function told(details) {
  assert.equal(details.errorCode, undefined, details.errorMessage);
  return details.flagMetadata;
}

/** The report's counts of the slot in a market: everybody, and each arm. */
async function counts(market, slot = 'product.cta') {
  const { markets } = await shop.api('GET', `/api/v1/reports/ctr?slot=${slot}`);
  const rows = markets.filter((row) => row.market === market && row.kind !== 'difference');
  const everybody = rows.filter((row) => row.kind !== 'variant');
  const sum = (name) => everybody.reduce((sum, row) => sum + row[name], 0);
  const arms = Object.fromEntries(rows.map((row) => [row.arm, [row.n, row.conversions]]));
  return { n: sum('n'), conversions: sum('conversions'), arms };
}

/** Checks by how much visitors and clicks grew, once all that was sent is counted. */
async function assertGrew(market, before, visitors, clicks) {
  await allCounted();
  const now = await counts(market);
  assert.deepEqual([now.n - before.n, now.conversions - before.conversions], [visitors, clicks]);
  return now;
}

/** Events are counted in the order they came in: a last visitor, in another slot, tells when all are. */
async function allCounted() {
  const before = await counts('ja-JP', 'listing.columns');
  const anonymousId = randomUUID();
  const context = { targetingKey: anonymousId, market: 'ja-JP' };
  const { decisionId } = told(await decisions.getNumberDetails('listing.columns', -1, context));
  await send((analytics) => analytics.track({ anonymousId, event: 'Experiment Viewed', properties: { decisionId } }));
  const isCounted = (now) => now.n === before.n + 1;
  await eventually(() => counts('ja-JP', 'listing.columns'), isCounted, 'the last visitor');
}

test('every kind of call is taken', async () => {
  const anonymousId = randomUUID();
  const userId = randomUUID();
  const errors = [];
  const taken = await counted(async () => {
    errors.push(...await send((analytics) => {
      analytics.track({ anonymousId, event: 'Order Completed', properties: { revenue: 12.5, currency: 'EUR', products: [{ sku: '1' }] } });
      analytics.page({ anonymousId, name: 'Start', properties: { url: 'https://shop.example/' } });
      analytics.screen({ anonymousId, name: 'Start', category: 'home' });
      analytics.identify({ anonymousId, userId, traits: { email: 'nobody@shop.example' } });
      analytics.group({ userId, groupId: 'buyers', traits: { size: 3 } });
      analytics.alias({ userId, previousId: anonymousId });
    }));
  });
  assert.deepEqual([errors, taken], [[], kept(6)]);
});

test('the client hears of every delivery, and nothing is left when it closes', async () => {
  const { analytics, errors } = connect({ flushAt: 7, flushInterval: 60_000 });
  const delivered = [];
  const taken = await counted(async () => {
    for (let number = 0; number < 25; number += 1) {
      analytics.track({ anonymousId: randomUUID(), event: 'Product Added' }, (error) => delivered.push(error));
    }
    await analytics.closeAndFlush({ timeout: 20_000 });
  });
  assert.deepEqual(delivered, Array(25).fill(undefined));
  assert.deepEqual([errors, taken], [[], kept(25)]);
});

test('who saw what OpenFeature gave, and clicked, is one visitor and one click in the report', async () => {
  const anonymousId = randomUUID();
  const { decisionId, variant, holdout } = await decide(anonymousId, 'de-DE');
  const before = await counts('de-DE');
  const french = await counts('fr-FR');
  await send((analytics) => {
    analytics.track({ anonymousId, event: 'Experiment Viewed', properties: { decisionId } });
    analytics.track({ anonymousId, event: 'Slot Clicked', properties: { decisionId } });
  });
  const now = await assertGrew('de-DE', before, 1, 1);
  const group = holdout ? 'holdout' : 'treated';
  assert.deepEqual(now.arms[group], before.arms[group].map((count) => count + 1));
  const share = holdout ? 0 : 1;
  assert.deepEqual(now.arms[variant], before.arms[variant].map((count) => count + share));
  assert.deepEqual(await counts('fr-FR'), french);
});

test('who only saw it is a visitor without a click, and who saw it twice is one visitor', async () => {
  const before = await counts('fr-FR');
  const anonymousId = randomUUID();
  const { decisionId } = await decide(anonymousId, 'fr-FR');
  for (let times = 0; times < 2; times += 1) {
    await send((analytics) => analytics.track({ anonymousId, event: 'Experiment Viewed', properties: { decisionId } }));
  }
  await assertGrew('fr-FR', before, 1, 0);
});

test('who clicks twice is counted once, and a click without a view is not counted', async () => {
  const before = await counts('fr-FR');
  const [twice, unseen] = [randomUUID(), randomUUID()];
  const given = { [twice]: await decide(twice, 'fr-FR'), [unseen]: await decide(unseen, 'fr-FR') };
  const properties = (visitor) => ({ decisionId: given[visitor].decisionId });
  await send((analytics) => {
    analytics.track({ anonymousId: twice, event: 'Experiment Viewed', properties: properties(twice) });
    analytics.track({ anonymousId: twice, event: 'Slot Clicked', properties: properties(twice) });
    analytics.track({ anonymousId: twice, event: 'Slot Clicked', properties: properties(twice) });
    analytics.track({ anonymousId: unseen, event: 'Slot Clicked', properties: properties(unseen) });
  });
  await assertGrew('fr-FR', before, 1, 1);
});

test('a visitor who logs in stays one visitor, in the arm that came first', async () => {
  const before = await counts('pt-BR');
  const [anonymousId, anonymous] = await someoneWith((given) => !given.holdout && !given.generic);
  const [userId, known] = await someoneWith((given) => !given.holdout && given.generic);
  const secondsAgo = (seconds) => new Date(Date.now() - 1_000 * seconds);
  const first = { decisionId: anonymous.decisionId };
  const second = { decisionId: known.decisionId };
  await send((analytics) => {
    analytics.track({ anonymousId, event: 'Experiment Viewed', timestamp: secondsAgo(3), properties: first });
    analytics.identify({ anonymousId, userId, timestamp: secondsAgo(2) });
    analytics.track({ userId, event: 'Experiment Viewed', timestamp: secondsAgo(1), properties: second });
    analytics.track({ userId, event: 'Slot Clicked', properties: second });
  });
  const now = await assertGrew('pt-BR', before, 1, 1);
  assert.deepEqual(now.arms[anonymous.variant], before.arms[anonymous.variant].map((count) => count + 1));
  assert.deepEqual(now.arms[known.variant], before.arms[known.variant]);
});

async function someoneWith(isWanted) {
  for (let tries = 0; tries < 200; tries += 1) {
    const visitor = randomUUID();
    const given = await decide(visitor, 'pt-BR');
    if (isWanted(given)) return [visitor, given];
  }
  return assert.fail('200 visitors, and none was given what is wanted');
}

test('an answer that is lost makes the client send again, and nothing counts twice', async () => {
  const before = await counts('ja-JP');
  const anonymousId = randomUUID();
  const { decisionId } = await decide(anonymousId, 'ja-JP');
  const attempts = [];
  const lossy = async (url, init) => {
    attempts.push(init.headers['X-Retry-Count']);
    const answer = await fetch(url, init);
    assert.equal(answer.status, 200);
    if (attempts.length === 1) throw new Error('the answer is lost on its way');
    return answer;
  };
  const errors = [];
  const taken = await counted(async () => {
    errors.push(...await send((analytics) => {
      analytics.track({ anonymousId, event: 'Experiment Viewed', properties: { decisionId } });
      analytics.track({ anonymousId, event: 'Slot Clicked', properties: { decisionId } });
      analytics.page({ anonymousId, name: 'Start' });
    }, { httpClient: lossy }));
  });
  assert.deepEqual([attempts, errors, taken], [[undefined, '1'], [], kept(3, 3)]);
  await assertGrew('ja-JP', before, 1, 1);
});

test('a click and its view may come in the wrong order, and late', async () => {
  const before = await counts('ja-JP');
  const anonymousId = randomUUID();
  const { decisionId } = await decide(anonymousId, 'ja-JP');
  const [seen, clicked] = [new Date(Date.now() - 60_000), new Date(Date.now() - 50_000)];
  await send((analytics) => {
    analytics.track({ anonymousId, event: 'Slot Clicked', timestamp: clicked, properties: { decisionId } });
    analytics.track({ anonymousId, event: 'Experiment Viewed', timestamp: seen, properties: { decisionId } });
  });
  await assertGrew('ja-JP', before, 1, 1);
});

test('a decision id that was not signed here is rejected, the rest is kept', async () => {
  const anonymousId = randomUUID();
  const { decisionId } = await decide(anonymousId, 'de-DE');
  const forged = decisionId.slice(0, -1) + (decisionId.endsWith('A') ? 'B' : 'A');
  const taken = await counted(() => send((analytics) => {
    analytics.track({ anonymousId, event: 'Experiment Viewed', properties: { decisionId: forged } });
    analytics.page({ anonymousId, name: 'Start' });
  }));
  assert.deepEqual(taken, { accepted: 1, duplicates: 0, rejected: { 'foreign-token': 1 } });
});

let refusals = 0;

for (const [name, context] of [
  ['analytics', { consent: { categoryPreferences: { analytics: false } } }],
  ['personalization, among others', { consent: { categoryPreferences: { analytics: true, Personalization: false } } }],
]) {
  test(`who refused ${name} is in no cell of a report, and counted as nobody`, async () => {
    const before = await counts('de-DE');
    const anonymousId = randomUUID();
    const { decisionId } = await decide(anonymousId, 'de-DE');
    const taken = await counted(() => send((analytics) => {
      analytics.track({ anonymousId, event: 'Experiment Viewed', properties: { decisionId }, context });
      analytics.track({ anonymousId, event: 'Slot Clicked', properties: { decisionId }, context });
    }));
    assert.deepEqual(taken, kept(2));
      await assertGrew('de-DE', before, 0, 0);
    const { notes } = await shop.api('GET', '/api/v1/reports/ctr?slot=product.cta');
    const nobodys = notes.filter((note) => note.includes('without consent'));
    assert.equal(nobodys.length, 1, 'said once');
    assert.match(nobodys[0], new RegExp(`^${refusals += 1} exposures and ${refusals} goals`));
  });
}

test('integrations that leave Milieu out are honoured', async () => {
  const anonymousId = randomUUID();
  const taken = await counted(() => send((analytics) => {
    analytics.page({ anonymousId, name: 'Start', integrations: { Milieu: false } });
    analytics.page({ anonymousId, name: 'Start', integrations: { All: false } });
    analytics.page({ anonymousId, name: 'Start', integrations: { All: false, Milieu: true } });
  }));
  assert.deepEqual(taken, { accepted: 1, duplicates: 0, rejected: { excluded: 2 } });
});

for (const [name, key] of [['a wrong write key', 'mil_write_0000'], ['a public key', shop.publicKey]]) {
  test(`${name}: the client says so, tries no more, and nothing is kept`, async () => {
    let requests = 0;
    const counting = (url, init) => {
      requests += 1;
      return fetch(url, init);
    };
    const errors = [];
    const taken = await counted(async () => {
      const say = (analytics) => analytics.page({ anonymousId: randomUUID(), name: 'Start' });
      errors.push(...await send(say, { writeKey: key, httpClient: counting }));
    });
    assert.equal(errors.length, 1);
    assert.match(errors[0], /401/);
    assert.deepEqual([requests, taken], [1, kept(0)]);
  });
}

test('packed batches are unpacked, whatever type they say they are', async () => {
  for (const type of ['application/json', 'application/x-www-form-urlencoded', 'text/plain']) {
    const packing = (url, init) => fetch(url, {
      ...init,
      headers: { ...init.headers, 'Content-Type': type, 'Content-Encoding': 'gzip' },
      body: gzipSync(init.body),
    });
    const errors = [];
    const taken = await counted(async () => {
      const say = (analytics) => analytics.page({ anonymousId: randomUUID(), name: 'ページ' });
      errors.push(...await send(say, { httpClient: packing }));
    });
    assert.deepEqual([errors, taken], [[], kept(1)], type);
  }
});

test('fifteen messages near the limit of 32 KiB, the client’s fullest batch, are taken', async () => {
  const batches = [];
  const weighing = (url, init) => {
    batches.push(JSON.parse(init.body).batch.length);
    return fetch(url, init);
  };
  const errors = [];
  const pad = 'x'.repeat(32_000);
  const taken = await counted(async () => {
    errors.push(...await send((analytics) => {
      for (let number = 0; number < 40; number += 1) {
        analytics.page({ anonymousId: randomUUID(), name: 'Start', properties: { pad } });
      }
    }, { httpClient: weighing }));
  });
  assert.deepEqual([batches, errors, taken], [[15, 15, 10], [], kept(40)]);
});

// What other libraries put on the wire, captured and sent by hand.

async function post(path, body, headers = {}) {
  const sent = typeof body === 'string' ? body : JSON.stringify(body);
  const response = await fetch(shop.url + path, { method: 'POST', headers, body: sent });
  return [response.status, await response.json()];
}

const basic = { Authorization: `Basic ${Buffer.from(`${shop.writeKey}:`).toString('base64')}` };

test('explicit nulls, as Python sends them, are absences', async () => {
  const nulls = { context: null, integrations: null, properties: null, category: null, traits: null, timestamp: null };
  const batch = [
    { type: 'page', name: null, userId: 'u', anonymousId: null, ...nulls },
    { type: 'identify', userId: 'u', anonymousId: null, previousId: null, messageId: null, ...nulls },
    { type: 'track', event: 'Signed Up', userId: null, anonymousId: 'a', context: { consent: null, location: null, locale: null } },
    { type: 'track', event: null, userId: 'u', ...nulls },
    { type: 'page', userId: null, anonymousId: null },
  ];
  const taken = await counted(async () => {
    const [status, answer] = await post('/v1/batch', { batch, sentAt: null, context: null, writeKey: shop.writeKey });
    assert.equal(status, 200);
    assert.deepEqual(answer.rejected.map(({ index, code }) => [index, code]), [[3, 'no-name'], [4, 'no-visitor']]);
  });
  assert.deepEqual(taken, { accepted: 3, duplicates: 0, rejected: { 'no-name': 1, 'no-visitor': 1 } });
});

test('single messages are taken under their names and first letters', async () => {
  const routes = { track: 't', page: 'p', screen: 's', identify: 'i', group: 'g', alias: 'a' };
  const taken = await counted(async () => {
    for (const route of Object.entries(routes).flat()) {
      const message = { event: 'Signed Up', userId: 'u', previousId: 'a', messageId: randomUUID() };
      assert.deepEqual(await post(`/v1/${route}`, message, basic), [200, { success: true }], route);
    }
    const batch = [{ type: 'page', userId: 'u', messageId: randomUUID() }];
    assert.deepEqual(await post('/v1/b', { batch }, basic), [200, { success: true }]);
  });
  assert.deepEqual(taken, kept(13));
});

test('a browser library gets the key back that it asked its settings with', async () => {
  const response = await fetch(`${shop.url}/v1/projects/${shop.writeKey}/settings`);
  const settings = await response.json();
  assert.equal(settings.integrations['Segment.io'].apiKey, shop.writeKey);
  assert.equal(response.status, 200);
});

for (const [name, headers, body, status] of [
  ['no key', {}, { batch: [] }, 401],
  ['two keys that differ', basic, { batch: [], writeKey: 'mil_write_0000' }, 401],
  ['no JSON', basic, 'nonsense', 400],
  ['more than 2,500 messages', basic, { batch: Array(2_501).fill({ type: 'page', userId: 'u' }) }, 400],
  ['more than 500 KiB', basic, { batch: [{ type: 'page', userId: 'u', name: 'x'.repeat(520_000) }] }, 413],
  ['another packing', { ...basic, 'Content-Encoding': 'br' }, { batch: [] }, 415],
]) {
  test(`${name} is answered with ${status} and the reason, and nothing is kept`, async () => {
    const taken = await counted(async () => {
      const [answered, { success, code, message }] = await post('/v1/batch', body, headers);
      assert.deepEqual([answered, success], [status, false]);
      assert.ok(code && message, 'Python reads both fields');
    });
    assert.deepEqual(taken, kept(0));
  });
}

test('strict mode refuses a batch for one message', async () => {
  const batch = [{ type: 'page', userId: 'u', messageId: randomUUID() }, { type: 'track', userId: 'u' }];
  const before = await shop.api('GET', '/api/v1/intake');
  const [status, answer] = await post('/v1/batch', { batch }, { ...basic, 'X-Strict-Mode': '1' });
  assert.deepEqual([status, answer.rejected.map(({ code }) => code)], [400, ['no-name']]);
  assert.equal((await shop.api('GET', '/api/v1/intake')).accepted, before.accepted);
});
