// What every Segment-style library must be able to do with a running shop, whatever language it is written in.
import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { bodyOf } from './proxy.mjs';
import { eventually } from './server.mjs';

/** A person's view of a shop: what intake counted, and what the report says. */
export function watch(shop) {
  const ask = (path) => shop.api('GET', path);

  /** What intake counted while something was done. */
  async function counted(act) {
    const before = await ask('/api/v1/intake');
    await act();
    const now = await ask('/api/v1/intake');
    const rejected = Object.entries(now.rejected).map(([why, count]) => [why, count - (before.rejected[why] ?? 0)]);
    return {
      accepted: now.accepted - before.accepted,
      duplicates: now.duplicates - before.duplicates,
      rejected: Object.fromEntries(rejected.filter(([, count]) => count !== 0)),
    };
  }

  /** A decision about the button of a product: its id is what events carry. */
  async function decide(visitor, market) {
    const headers = { 'X-API-Key': shop.serverKey };
    const body = JSON.stringify({ context: { targetingKey: visitor, market } });
    const response = await fetch(`${shop.url}/ofrep/v1/evaluate/flags/product.cta`, { method: 'POST', headers, body });
    return (await response.json()).metadata.decisionId;
  }

  /** Visitors and clicks that the report counts in a market. */
  async function counts(market) {
    const { markets, notes } = await ask('/api/v1/reports/ctr?slot=product.cta');
    const rows = markets.filter((row) => row.market === market && row.kind !== 'difference' && row.kind !== 'variant');
    const sum = (name) => rows.reduce((total, row) => total + row[name], 0);
    return { visitors: sum('n'), clicks: sum('conversions'), notes };
  }

  const grew = (market, before, visitors, clicks) =>
    eventually(
      () => counts(market),
      (now) => now.visitors - before.visitors === visitors && now.clicks - before.clicks === clicks,
      `${visitors} visitors and ${clicks} clicks more in ${market}`,
    );

  return { counted, decide, counts, grew };
}

export const kept = (accepted, duplicates = 0) => ({ accepted, duplicates, rejected: {} });

/** An instant as every language reads it. Nobody clicks in the millisecond in which they see. */
const secondsAgo = (seconds) => new Date(Date.now() - 1_000 * seconds).toISOString().replace('Z', '+00:00');

/** A visitor sees what a decision gave, and clicks on it. */
const viewAndClick = (anonymousId, decisionId) => [
  { call: 'track', anonymousId, event: 'Experiment Viewed', properties: { decisionId }, timestamp: secondsAgo(2) },
  { call: 'track', anonymousId, event: 'Slot Clicked', properties: { decisionId }, timestamp: secondsAgo(1) },
];

const page = (more) => ({ call: 'page', anonymousId: randomUUID(), name: 'Start', ...more });

/** One call of each kind. */
export function everyCall() {
  const [anonymousId, userId] = [randomUUID(), randomUUID()];
  return [
    { call: 'track', anonymousId, event: 'Order Completed', properties: { revenue: 12.5, currency: 'EUR', products: [{ sku: '1' }] } },
    { call: 'page', anonymousId, name: 'Start', properties: { url: 'https://shop.example/' } },
    { call: 'screen', anonymousId, name: 'Start', properties: {} },
    { call: 'identify', anonymousId, userId, traits: { email: 'nobody@shop.example' } },
    { call: 'group', userId, groupId: 'buyers', traits: { size: 3 } },
    { call: 'alias', userId, previousId: anonymousId },
  ];
}

/**
 * The cases that libraries share. `send({url, key, calls, options})` lets a library make calls and waits until all
 * was answered; it gives the `errors` that the library told and the calls that it `refused` to make.
 *
 * `traits` says what is known of the library: `packs`, `type` of its bodies, `writesNulls`, `splits` (how it parts
 * what is more than a batch), `silent` (it tells nobody of a failure), `ownPace` (the statuses whose Retry-After it does not
 * heed), `lacks` (cases by name, with the reason).
 */
export function eventCases(cases, { send, traits, shop, proxy }) {
  const { counted, decide, counts, grew } = watch(shop);
  const lacks = traits.lacks ?? {};
  const posts = () => proxy.passed.filter((request) => request.method === 'POST' && !request.path.endsWith('/m'));
  const statuses = () => posts().map((request) => request.status);
  const through = (calls, more) => send({ url: proxy.url, key: shop.writeKey, calls, options: {}, ...more });
  const toldOf = ({ errors, refused }) => traits.silent ? 1 : errors.length + refused.length;

  const remarks = traits.remarks ?? {};
  const add = (name, act) => {
    if (lacks[name]) return cases.lacks(name, lacks[name]);
    const fresh = async () => {
      proxy.forget();
      await act();
    };
    return cases.passes(name, fresh, remarks[name]);
  };

  add('views and clicks are counted in the report', async () => {
    const before = await counts('de-DE');
    const anonymousId = randomUUID();
    const decisionId = await decide(anonymousId, 'de-DE');
    const told = await through(viewAndClick(anonymousId, decisionId));
    assert.deepEqual([told.errors, told.refused], [[], []]);
    await grew('de-DE', before, 1, 1);
  });

  add('every kind of call', async () => {
    const calls = everyCall();
    const taken = await counted(async () => assert.deepEqual((await through(calls)).errors, []));
    assert.deepEqual(taken, kept(calls.length));
  });

  add('unicode', async () => {
    const taken = await counted(() => through([page({ name: 'ホーム – «Über uns» 👩🏽‍💻', properties: { category: 'مرحبا' } })]));
    assert.deepEqual(taken, kept(1));
    assert.ok(JSON.stringify(posts().map(bodyOf)).includes('ホーム – «Über uns» 👩🏽‍💻'));
  });

  add('how bodies are packed and named', async () => {
    assert.deepEqual(await counted(() => through([page()])), kept(1));
    const [{ headers }] = posts();
    assert.equal(headers['content-encoding'] ?? 'none', traits.packs);
    assert.match(headers['content-type'], traits.type);
  });

  add('explicit nulls are absences', async () => {
    assert.deepEqual(await counted(() => through([page()])), kept(1));
    const [message] = bodyOf(posts()[0]).batch;
    assert.ok(Object.values(message).includes(null), 'the library writes what is not there as null');
  });

  add('a message beyond 32 KiB', async () => {
    const large = page({ properties: { pad: 'x'.repeat(33_000) } });
    let told;
    const taken = await counted(async () => (told = await through([page(), large, page()])));
    assert.equal(taken.accepted, 2, 'the others are kept');
    const rejected = taken.rejected['too-large'] ?? 0;
    const dropped = statuses().filter((status) => status === 413).length;
    assert.equal(rejected + dropped + told.refused.length, 1, 'refused once: by the library, in the batch, or with 413');
    assert.ok(statuses().every((status) => status === 200 || status === 413), 'and not sent again');
  });

  add('more than 500 KiB', async () => {
    const calls = Array.from({ length: 40 }, () => page({ properties: { pad: 'x'.repeat(30_000) } }));
    let told;
    const taken = await counted(async () => (told = await through(calls)));
    if (traits.splits) {
      assert.deepEqual(taken, kept(40), traits.splits);
      assert.ok(statuses().every((status) => status === 200));
    } else {
      assert.ok(statuses().includes(413));
      assert.ok(0 < toldOf(told), 'the library says so');
      const first = posts().map((request) => bodyOf(request).batch[0].messageId);
      assert.equal(new Set(first).size, first.length, 'and does not send it again');
    }
  });

  add('no visitor', async () => {
    let told;
    const taken = await counted(async () => (told = await through([{ call: 'track', event: 'Signed Up' }])));
    assert.equal(taken.accepted, 0);
    assert.equal(told.refused.length + (taken.rejected['no-visitor'] ?? 0), 1);
  });

  add('no name of an event', async () => {
    let told;
    const taken = await counted(async () => (told = await through([{ call: 'track', anonymousId: randomUUID(), event: '' }, page()])));
    assert.equal(taken.accepted, 1, 'the rest is kept');
    assert.equal(told.refused.length + (taken.rejected['no-name'] ?? 0), 1);
  });

  for (const [name, key] of [['an unknown write key', 'mil_write_0000'], ['a public key', shop.publicKey]]) {
    add(`401: ${name}`, async () => {
      let told;
      const taken = await counted(async () => (told = await through([page()], { key })));
      assert.deepEqual([taken, statuses()], [kept(0), [401]], 'dropped, and not sent again');
      assert.ok(0 < toldOf(told), 'the library says so');
    });
  }

  add('strict mode', async () => {
    proxy.added['x-strict-mode'] = '1';
    const forged = { call: 'track', anonymousId: randomUUID(), event: 'Slot Clicked', properties: { decisionId: 'forged' } };
    let told;
    const taken = await counted(async () => (told = await through([forged])));
    assert.equal(taken.accepted, 0);
    assert.deepEqual(statuses(), [400], 'dropped, and not sent again');
    assert.ok(0 < toldOf(told), 'the library says so');
    proxy.forget();
  });

  for (const status of [429, 503]) {
    add(`${status} with Retry-After, then delivered`, async () => {
      proxy.fault({ path: /^\/v1\/\w+$/, status, headers: { 'retry-after': '1' }, body: '{"success":false,"code":"busy","message":"come back"}' });
      const taken = await counted(() => through([page()]));
      assert.deepEqual([taken, statuses()], [kept(1), [status, 200]]);
      const [first, second] = posts();
      if (!traits.ownPace?.includes(status)) assert.ok(950 <= second.at - first.at, `the library waits as told, not ${second.at - first.at} ms`);
    });
  }

  add('an answer that is lost: sent again, counted once', async () => {
    const before = await counts('fr-FR');
    const anonymousId = randomUUID();
    const decisionId = await decide(anonymousId, 'fr-FR');
    proxy.fault({ path: /^\/v1\/\w+$/, lose: true });
    const taken = await counted(() => through(viewAndClick(anonymousId, decisionId)));
    assert.equal(taken.accepted, 2);
    assert.ok(1 <= taken.duplicates, 'what came twice is known');
    await grew('fr-FR', before, 1, 1);
  });

  add('the same messageId twice', async () => {
    const twice = page({ messageId: randomUUID() });
    assert.deepEqual(await counted(() => through([twice, twice])), kept(1, 1));
  });

  add('refused consent', async () => {
    const before = await counts('pt-BR');
    const nobody = (notes) => notes.filter((note) => note.includes('without consent')).join();
    const anonymousId = randomUUID();
    const decisionId = await decide(anonymousId, 'pt-BR');
    const context = { consent: { categoryPreferences: { analytics: false } } };
    const taken = await counted(() => through([{ call: 'track', anonymousId, event: 'Experiment Viewed', properties: { decisionId }, context }]));
    assert.deepEqual(taken, kept(1));
    const isTold = (now) => nobody(now.notes) !== nobody(before.notes);
    const now = await eventually(() => counts('pt-BR'), isTold, 'the note about those who refused');
    assert.deepEqual([now.visitors, now.clicks], [before.visitors, before.clicks], 'in no cell of the report');
  });
}
