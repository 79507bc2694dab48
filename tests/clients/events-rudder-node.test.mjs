// RudderStack's library for Node, unmodified.
import { after } from 'node:test';
import Rudder from '@rudderstack/rudder-sdk-node';
import { casesOf, installed } from './conformance.mjs';
import { eventCases } from './events.cases.mjs';
import { startProxy } from './proxy.mjs';
import { startShop } from './server.mjs';

const shop = await startShop();
after(() => shop.stop());
const proxy = await startProxy(shop.url);
after(() => proxy.stop());

const cases = casesOf({ door: 'events', client: 'RudderStack Node', packages: [await installed('@rudderstack/rudder-sdk-node')] });

async function send({ url, key, calls, options }) {
  const errors = [];
  const refused = [];
  // The first message is sent at once, alone; the others together.
  const rudder = new Rudder(key, {
    dataPlaneUrl: url,
    flushInterval: 50,
    logLevel: 'none',
    errorHandler: (error) => void errors.push(String(error)),
    ...options,
  });
  const say = ({ call, timestamp, ...message }) =>
    new Promise((resolve) => rudder[call]({ ...message, ...(timestamp && { timestamp: new Date(timestamp) }) }, resolve));
  await Promise.all(calls.map((call) => say(call).catch((error) => refused.push(String(error)))));
  return { errors, refused };
}

const traits = {
  packs: 'gzip',
  type: /^application\/x-www-form-urlencoded/,
  ownPace: [429, 503],
  remarks: {
    'a message beyond 32 KiB': 'the library sends it; the server rejects it and keeps the others',
    'more than 500 KiB': 'the library parts by number only: 413, dropped, and said',
    '429 with Retry-After, then delivered': 'at its own pace: sooner than Retry-After says',
    '503 with Retry-After, then delivered': 'at its own pace: sooner than Retry-After says',
  },
  lacks: {
    'explicit nulls are absences': 'it leaves out what is not there',
  },
};
eventCases(cases, { send, traits, shop, proxy });
