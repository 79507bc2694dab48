// Segment's library for Node, unmodified.
import { after } from 'node:test';
import { Analytics } from '@segment/analytics-node';
import { casesOf, installed } from './conformance.mjs';
import { eventCases } from './events.cases.mjs';
import { startProxy } from './proxy.mjs';
import { startShop } from './server.mjs';

const shop = await startShop();
after(() => shop.stop());
const proxy = await startProxy(shop.url);
after(() => proxy.stop());

const cases = casesOf({ door: 'events', client: 'Segment Node', packages: [await installed('@segment/analytics-node')] });

async function send({ url, key, calls, options }) {
  const analytics = new Analytics({ host: url, writeKey: key, flushInterval: 50, maxRetries: 3, ...options });
  const errors = [];
  const refused = [];
  analytics.on('error', (error) => errors.push(String(error.reason ?? error)));
  for (const { call, ...message } of calls) {
    try {
      analytics[call](message);
    } catch (error) {
      refused.push(String(error));
    }
  }
  await analytics.closeAndFlush({ timeout: 20_000 });
  return { errors, refused };
}

const traits = {
  packs: 'none',
  type: /^application\/json/,
  remarks: { 'a message beyond 32 KiB': 'the library refuses to send it' },
  splits: 'its batches end at 15 messages or 480 KiB',
  lacks: {
    'explicit nulls are absences': 'it leaves out what is not there',
  },
};
eventCases(cases, { send, traits, shop, proxy });
