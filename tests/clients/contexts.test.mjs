// Which market a context leads to, and by which step, asked with OpenFeature's server SDK.
import assert from 'node:assert/strict';
import { after } from 'node:test';
import { OFREPProvider } from '@openfeature/ofrep-provider';
import { OpenFeature } from '@openfeature/server-sdk';
import { casesOf, installed } from './conformance.mjs';
import { startShop } from './server.mjs';

const packages = [await installed('@openfeature/server-sdk'), await installed('@openfeature/ofrep-provider')];
after(() => OpenFeature.close());

const WIDE = ['en-US', 'en-GB', 'fr-FR', 'fr-CA', 'de-DE', 'de-CH', 'zh-Hans-CN', 'zh-Hant-HK', 'sr-RS', 'sq-XK', 'es-MX'];
const NARROW = ['ja-JP', 'fr-FR', 'de-DE', 'sr-Latn-RS', 'sr-Cyrl-RS', 'es-ES', 'es-MX'];

await workspace(WIDE, [
  [{ country: 'CA', locale: 'fr-CA' }, 'fr-CA', 'country+locale'],
  [{ country: 'ca', locale: 'fr' }, 'fr-CA', 'country+locale'],
  [{ locale: 'fr-CA' }, 'en-US', 'default'],
  [{ country: 'CH', locale: 'de-CH' }, 'de-CH', 'country+locale'],
  [{ country: 'HK', locale: 'zh-Hant' }, 'zh-Hant-HK', 'country+locale'],
  [{ country: 'HK', locale: 'zh_Hant_HK' }, 'zh-Hant-HK', 'country+locale'],
  [{ country: 'HK', locale: 'zh' }, 'zh-Hant-HK', 'country+locale'],
  [{ locale: 'zh-Hant' }, 'zh-Hant-HK', 'language'],
  [{ country: 'RS', locale: 'sr-Latn' }, 'sr-RS', 'country+locale'],
  [{ country: 'RS', locale: 'sr-Latn-RS' }, 'sr-RS', 'country+locale'],
  [{ country: 'XK' }, 'sq-XK', 'country'],
  [{ country: 'XK', locale: 'sq-XK' }, 'sq-XK', 'country+locale'],
  [{ country: 'XK', locale: 'sr-Latn-XK' }, 'sr-RS', 'language'],
  [{ locale: 'es-419' }, 'es-MX', 'language'],
  [{ country: 'AR', locale: 'es-419' }, 'es-MX', 'language'],
  [{}, 'en-US', 'default'],
  [{ country: 'YY', locale: 'xx-YY' }, 'en-US', 'default'],
  [{ locale: 'xx-YY' }, 'en-US', 'default'],
]);

await workspace(NARROW, [
  [{ country: 'CA', locale: 'fr-CA' }, 'fr-FR', 'language'],
  [{ country: 'CH', locale: 'de-CH' }, 'de-DE', 'language'],
  [{ country: 'HK', locale: 'zh-Hant' }, 'ja-JP', 'default'],
  [{ country: 'RS', locale: 'sr-Latn' }, 'sr-Latn-RS', 'country+locale'],
  [{ country: 'RS', locale: 'sr-Cyrl-RS' }, 'sr-Cyrl-RS', 'country+locale'],
  [{ country: 'XK' }, 'ja-JP', 'default'],
  [{ locale: 'es-419' }, 'ja-JP', 'default'],
  [{ country: 'MX', locale: 'es-419' }, 'es-MX', 'country+locale'],
  [{}, 'ja-JP', 'default'],
  [{ country: 'YY', locale: 'xx-YY' }, 'ja-JP', 'default'],
]);

/** Starts a workspace whose one slot says in each market which market it is; tests what contexts lead to. */
async function workspace(markets, contexts) {
  const name = `${markets.length} markets, ${markets[0]} first`;
  const shop = await startShop({ markets, slots: null });
  after(() => shop.stop());
  const renderings = markets.map((market) => `"${market}" = "${market}"`).join(', ');
  await shop.open('[[slot]]\nkey = "here"\ntype = "string"\ngoal = "click"\ndefault = ""\n' +
    `[[slot.variant]]\nkey = "only"\ngeneric = true\noccasion = "neutral"\nrenderings = { ${renderings} }\n`);
  await OpenFeature.setProviderAndWait(name, new OFREPProvider({ baseUrl: shop.url, headers: { 'X-API-Key': shop.serverKey } }));
  const client = OpenFeature.getClient(name);
  const cases = casesOf({ door: 'markets', client: name, packages: [`markets ${markets.join(' ')}`, ...packages] });
  for (const [context, market, step] of contexts) {
    const told = Object.entries(context).map((pair) => pair.join(' ')).join(', ') || 'nothing';
    cases.passes(`${told} → ${market}, by ${step}`, async () => {
      const { value, flagMetadata } = await client.getStringDetails('here', '-', context);
      assert.deepEqual([value, flagMetadata.market, flagMetadata.marketStep], [market, market, step]);
    });
  }
}
