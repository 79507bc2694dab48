// Segment's library for Python, unmodified, packed as its option says.
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
  runScript('events.py', { library: 'segment', ...order, options: { gzip: true, upload_interval: 0.1, max_retries: 3, ...options } });

const { version } = await send({ url: shop.url, key: shop.writeKey, calls: [], options: {} });
const cases = casesOf({ door: 'events', client: 'Segment Python', packages: [`segment-analytics-python ${version}`] });

const traits = {
  packs: 'gzip',
  type: /^application\/json/,
  remarks: { 'a message beyond 32 KiB': 'the library refuses to send it' },
  splits: 'its batches end at 475,000 bytes',
};
eventCases(cases, { send, traits, shop, proxy });
