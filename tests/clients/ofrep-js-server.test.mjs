// OpenFeature's server SDK for JavaScript and its OFREP provider, unmodified.
import { after } from 'node:test';
import { OFREPProvider } from '@openfeature/ofrep-provider';
import { OpenFeature } from '@openfeature/server-sdk';
import { casesOf, installed } from './conformance.mjs';
import { askingCases, openKinds, sharedCases } from './ofrep.cases.mjs';
import { startProxy } from './proxy.mjs';
import { startShop } from './server.mjs';

const shop = await startShop();
after(() => shop.stop());
const proxy = await startProxy(shop.url);
after(() => proxy.stop());
after(() => OpenFeature.close());
await openKinds(shop);

const cases = casesOf({
  door: 'decisions',
  client: 'OpenFeature JS server',
  packages: [await installed('@openfeature/server-sdk'), await installed('@openfeature/ofrep-provider')],
});

const METHOD = { string: 'getStringDetails', boolean: 'getBooleanDetails', integer: 'getNumberDetails', float: 'getNumberDetails', object: 'getObjectDetails' };
const SILENT = { error() {}, warn() {}, info() {}, debug() {} };
let domains = 0;

async function open({ url, key }) {
  const domain = `domain-${(domains += 1)}`;
  await OpenFeature.setProviderAndWait(domain, new OFREPProvider({ baseUrl: url, headers: { Authorization: `Bearer ${key}` } }));
  const client = OpenFeature.getClient(domain).setLogger(SILENT);
  const ask = async (kind, slot, fallback, context) => {
    const { flagMetadata, ...details } = await client[METHOD[kind]](slot, fallback, context);
    return { ...details, metadata: flagMetadata };
  };
  return { ask, close: () => {} };
}

sharedCases(cases, { open, shop });
askingCases(cases, { open, shop, proxy });

cases.lacks('304', 'it asks for one flag at a time; only bulk answers carry an entity tag');
cases.lacks('refetch over the stream', 'it keeps no answers, so a change holds at its next evaluation');
cases.lacks('offline halfway', 'it keeps no answers: see "an answer that is lost"');
