// What every OpenFeature client must get from a running shop, whatever language it is written in.
import assert from 'node:assert/strict';
import { parse } from 'smol-toml';
import { eventually, slotFile } from './server.mjs';
import { COUNTRY, rendering } from './texts.mjs';

export const HERO = { title: 'the page’s own default' };
export const visitorIn = (market, more) => ({ targetingKey: 'v1', country: COUNTRY[market], locale: market, ...more });

const KINDS = await slotFile('kinds.toml');
const kinds = JSON.parse(JSON.stringify(parse(KINDS))).slot;
/** What a slot without a choice gives in a market. */
const given = (kind, market) => kinds.find((slot) => slot.type === kind).variant[0].renderings[market];

const FALLBACK = { string: '-', boolean: true, integer: -7, float: -7.5, object: HERO };

/** Puts the slots of all kinds into a shop. */
export const openKinds = (shop) => shop.open(KINDS);

/** Checks that an answer is an approved text of the hero in a market, with its decision. */
export function assertHero(details, market) {
  assert.equal(details.errorCode ?? null, null, details.errorMessage);
  assert.equal(details.metadata.market, market);
  assert.deepEqual(details.value, rendering('home.hero', details.variant, market));
  assert.equal(details.reason, 'SPLIT');
  assert.match(details.metadata.decisionId, /^[\w-]{60}$/);
  return details;
}

/** Checks that the program's own default is given, and why. */
export function assertDefault(details, fallback, code) {
  assert.deepEqual(details.value, fallback);
  assert.deepEqual([details.reason, details.errorCode], ['ERROR', code], details.errorMessage);
}

/** Cases that clients of every kind share; `open({url, key})` gives one with `ask` and `close`. */
export function sharedCases(cases, { open, shop }) {
  const asking = (act) => async () => {
    const client = await open({ url: shop.url, key: shop.serverKey });
    try {
      await act(client);
    } finally {
      await client.close();
    }
  };

  for (const kind of Object.keys(FALLBACK)) {
    cases.passes(kind, asking(async ({ ask }) => {
      for (const market of ['ja-JP', 'de-DE']) {
        const details = await ask(kind, `kind.${kind}`, FALLBACK[kind], visitorIn(market));
        assert.deepEqual(details.value, given(kind, market));
        // Some visitors are held out: the same value, by a split.
        const reason = details.metadata.holdout ? 'SPLIT' : 'STATIC';
        assert.deepEqual([details.reason, details.variant, details.errorCode ?? null], [reason, 'only', null]);
      }
      const elsewhere = await ask(kind, `kind.${kind}`, FALLBACK[kind], visitorIn('fr-FR'));
      assert.deepEqual([elsewhere.value, elsewhere.reason], [kinds.find((slot) => slot.type === kind).default, 'DISABLED']);
    }));
  }

  cases.passes('unicode in context, texts and metadata', asking(async ({ ask }) => {
    const context = visitorIn('ja-JP', { targetingKey: 'ü – 訪問者 – 👩🏽‍💻', note: 'مرحبا' });
    assertHero(await ask('object', 'home.hero', HERO, context), 'ja-JP');
    assert.equal((await ask('string', 'kind.string', '-', context)).value, '送料無料 – ¥3,000以上 👋🏽');
  }));

  cases.passes('unknown key', asking(async ({ ask }) => {
    for (const key of ['no.such', 'ホーム', 'two words']) assertDefault(await ask('string', key, '-', visitorIn('ja-JP')), '-', 'FLAG_NOT_FOUND');
  }));

  cases.passes('key with a slash', asking(async ({ ask }) => {
    for (const key of ['home/hero', 'home%2Fhero', 'home.hero/x']) assertDefault(await ask('object', key, HERO, visitorIn('ja-JP')), HERO, 'FLAG_NOT_FOUND');
  }));

  cases.passes('wrong type', asking(async ({ ask }) => {
    const context = visitorIn('ja-JP');
    for (const [kind, key] of [['string', 'kind.object'], ['boolean', 'kind.string'], ['integer', 'kind.string'], ['object', 'kind.boolean']]) {
      assertDefault(await ask(kind, key, FALLBACK[kind], context), FALLBACK[kind], 'TYPE_MISMATCH');
    }
  }));

  cases.passes('missing context', asking(async ({ ask }) => {
    for (const context of [{}, { country: 'JP' }]) {
      assertDefault(await ask('object', 'home.hero', HERO, context), HERO, 'TARGETING_KEY_MISSING');
      const ruled = await ask('integer', 'kind.integer', -7, context);
      assert.deepEqual([ruled.value, ruled.reason], [4, 'STATIC'], 'a slot without a choice needs no visitor');
    }
  }));

  cases.passes('from Japan to Germany and back', asking(async ({ ask }) => {
    const seen = [];
    for (const market of ['ja-JP', 'de-DE', 'ja-JP', 'de-DE']) {
      seen.push(assertHero(await ask('object', 'home.hero', HERO, visitorIn(market)), market).metadata.decisionId);
      const button = await ask('string', 'product.cta', '-', visitorIn(market));
      assert.equal(button.value, rendering('product.cta', button.variant, market));
    }
    assert.deepEqual(seen.slice(2), seen.slice(0, 2), 'and the same decision in each');
  }));

  cases.passes('1,000 flags', asking(async ({ ask }) => {
    const one = (number) => `[[slot]]\nkey = "many.n${number}"\ntype = "integer"\ngoal = "click"\ndefault = ${number}\n` +
      `[[slot.variant]]\nkey = "only"\ngeneric = true\nrenderings = {}\n`;
    await shop.api('PUT', '/api/v1/slots', Array.from({ length: 1_000 }, (_, number) => one(number)).join(''));
    const context = visitorIn('ja-JP', { targetingKey: 'of many' });
    for (let number = 0; number < 1_000; number += 1) {
      const { value, reason } = await ask('integer', `many.n${number}`, -7, context);
      assert.deepEqual([value, reason], [number, 'DISABLED']);
    }
  }));
}

/** Cases of clients that ask the server for each evaluation. */
export function askingCases(cases, { open, shop, proxy }) {
  const context = visitorIn('ja-JP');
  const through = async (key, act) => {
    proxy.forget();
    const client = await open({ url: proxy.url, key });
    try {
      await act(client);
    } finally {
      await client.close();
    }
  };

  for (const [name, key] of [['an unknown key', 'mil_server_0000'], ['a write key', shop.writeKey]]) {
    cases.passes(`401 and 403: ${name}`, () => through(key, async ({ ask }) => {
      assertDefault(await ask('object', 'home.hero', HERO, context), HERO, 'GENERAL');
      assert.deepEqual(proxy.passed.map((request) => request.status), [key === shop.writeKey ? 403 : 401]);
    }));
  }

  for (const [form, after] of [['seconds', () => '1'], ['a date', () => new Date(Date.now() + 1_500).toUTCString()]]) {
    cases.passes(`429 and recovery: Retry-After in ${form}`, () => through(shop.serverKey, async ({ ask }) => {
      proxy.fault({ status: 429, headers: { 'retry-after': after() } });
      assertDefault(await ask('object', 'home.hero', HERO, context), HERO, 'GENERAL');
      const again = () => ask('object', 'home.hero', HERO, context);
      assertHero(await eventually(again, (details) => details.errorCode !== 'GENERAL', 'an answer'), 'ja-JP');
      assert.deepEqual(proxy.passed.map((request) => request.status), [429, 200], 'the client asks nothing while it has to wait');
    }));
  }

  cases.passes('500', () => through(shop.serverKey, async ({ ask }) => {
    proxy.fault({ status: 500, body: JSON.stringify({ key: '', errorCode: 'GENERAL', errorDetails: 'a bug' }) });
    assertDefault(await ask('object', 'home.hero', HERO, context), HERO, 'GENERAL');
    assertHero(await ask('object', 'home.hero', HERO, context), 'ja-JP');
  }));

  cases.passes('an answer that is lost', () => through(shop.serverKey, async ({ ask }) => {
    proxy.fault({ lose: true });
    assertDefault(await ask('object', 'home.hero', HERO, context), HERO, 'GENERAL');
    assertHero(await ask('object', 'home.hero', HERO, context), 'ja-JP');
  }));
}
