// OpenFeature's Python SDK and its OFREP provider, unmodified, in a process of their own.
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { after } from 'node:test';
import { casesOf } from './conformance.mjs';
import { askingCases, openKinds, sharedCases, visitorIn } from './ofrep.cases.mjs';
import { startProxy } from './proxy.mjs';
import { python, script } from './python.mjs';
import { startShop } from './server.mjs';

const shop = await startShop();
after(() => shop.stop());
const proxy = await startProxy(shop.url);
after(() => proxy.stop());
await openKinds(shop);

const child = spawn(python(), [script('ofrep.py')], { stdio: ['pipe', 'pipe', 'inherit'] });
const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
after(async () => {
  const ended = once(child, 'exit');
  child.stdin.end();
  await ended;
});

async function tell(command) {
  child.stdin.write(`${JSON.stringify(command)}\n`);
  const { value, done } = await lines.next();
  assert.ok(!done, 'the Python process ended early');
  return JSON.parse(value);
}

let domains = 0;
async function open({ url, key }) {
  const domain = `domain-${(domains += 1)}`;
  const { versions } = await tell({ do: 'start', domain, url, headers: { 'X-API-Key': key } });
  const ask = (kind, slot, fallback, context) => tell({ do: 'ask', domain, kind, key: slot, fallback, context });
  return { ask, versions, close: () => {} };
}

const { versions } = await open({ url: shop.url, key: shop.serverKey });
const packages = Object.entries(versions).map((pair) => pair.join(' '));
const cases = casesOf({ door: 'decisions', client: 'OpenFeature Python', packages });

sharedCases(cases, { open, shop });
askingCases(cases, { open, shop, proxy });

cases.passes('a float that is whole stays a float', async () => {
  const { ask } = await open({ url: shop.url, key: shop.serverKey });
  const zoom = await ask('float', 'kind.float', -7.5, visitorIn('ja-JP'));
  assert.deepEqual([zoom.value, zoom.kind], [3, 'float']);
  const count = await ask('float', 'kind.integer', -7.5, visitorIn('ja-JP'));
  assert.deepEqual([count.value, count.errorCode], [-7.5, 'TYPE_MISMATCH'], 'an integer slot is none');
});

cases.lacks('304', 'it asks for one flag at a time; only bulk answers carry an entity tag');
cases.lacks('refetch over the stream', 'it keeps no answers, so a change holds at its next evaluation');
cases.lacks('offline halfway', 'it keeps no answers: see "an answer that is lost"');
