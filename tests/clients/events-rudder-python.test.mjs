// RudderStack's library for Python, unmodified.
import { after } from 'node:test';
import { casesOf } from './conformance.mjs';
import { eventCases } from './events.cases.mjs';
import { startProxy } from './proxy.mjs';
import { runScript } from './python.mjs';
import { startShop } from './server.mjs';

const shop = await startShop();
after(() => shop.stop());
const proxy = await startProxy(shop.url);
after(() => proxy.stop());

const send = ({ options, ...order }) =>
  runScript('events.py', { library: 'rudder', ...order, options: { upload_interval: 0.1, max_retries: 3, ...options } });

const { version } = await send({ url: shop.url, key: shop.writeKey, calls: [], options: {} });
const cases = casesOf({ door: 'events', client: 'RudderStack Python', packages: [`rudder-sdk-python ${version}`] });

const traits = {
  packs: 'gzip',
  type: /^application\/json/,
  ownPace: [429, 503],
  remarks: {
    'a message beyond 32 KiB': 'the library sends it; the server rejects it and keeps the others',
    'more than 500 KiB': 'the library’s own limit is 4 MiB: 413, dropped, and said',
    '429 with Retry-After, then delivered': 'at its own pace: sooner than Retry-After says',
    '503 with Retry-After, then delivered': 'at its own pace: sooner than Retry-After says',
  },
};
eventCases(cases, { send, traits, shop, proxy });
