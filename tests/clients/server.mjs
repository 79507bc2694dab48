// A shop of its own for each test file: the real program, on a free port, in a folder that goes away.
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as pause } from 'node:timers/promises';
import { MARKETS } from './texts.mjs';

const READY_WITHIN = 60_000;
const STOPPED_WITHIN = 40_000;
const OWNER = { name: 'owner', password: 'owner of a test shop' };
const READER = { name: 'reader', password: 'reader of a test shop' };

/** A file of slots that stands beside the tests. */
export const slotFile = (name) => readFile(new URL(name, import.meta.url), 'utf8');

/**
 * Starts a server with markets and approved slots; gives its address, its keys, and a person's API.
 * Nobody comes in but the tests.
 */
export async function startShop({ markets = MARKETS, slots = 'world.toml', holdout = 0.2 } = {}) {
  const folder = await mkdtemp(join(tmpdir(), 'milieu-clients-'));
  const keys = await prepare(folder, markets, holdout);
  const child = spawn(program(), ['serve', '--data', folder, '--listen', '127.0.0.1:0'], {
    stdio: ['ignore', 'ignore', 'pipe'],
    env: { ...process.env, MILIEU_LOG: 'warn' },
  });
  const ended = once(child, 'exit');
  const abandon = () => child.kill('SIGKILL');
  process.on('exit', abandon);
  const url = await address(child, ended);

  const stop = async () => {
    child.kill('SIGTERM');
    const [code] = await within(STOPPED_WITHIN, ended, 'the shop does not stop');
    process.off('exit', abandon);
    await rm(folder, { recursive: true, force: true });
    assert.equal(code, 0, 'the shop ended badly');
  };
  const logIn = (name, password) => logInAt(url, name, password);
  const shop = { url, ...keys, stop, logIn };
  shop.api = await logIn(OWNER.name, OWNER.password);
  await shop.api('PUT', `/api/v1/users/${READER.name}`, { password: READER.password, roles: [{ role: 'reviewer' }] });
  const reader = await logIn(READER.name, READER.password);
  /** Applies a file of slots, and lets another person approve all of it. */
  shop.open = async (text) => {
    await shop.api('PUT', '/api/v1/slots', text);
    await approveWaiting(reader);
  };
  if (slots) await shop.open(await slotFile(slots));
  return shop;
}

function program() {
  assert.ok(process.env.MILIEU_BIN, 'set MILIEU_BIN to the path of the built program');
  return process.env.MILIEU_BIN;
}

/** Begins the data folder: its markets, its owner, and a key of each kind. */
async function prepare(folder, markets, holdout) {
  const place = ['--data', folder];
  await run(['workspace', 'set', ...place, '--name', 'Test shop', '--markets', markets.join(','), '--holdout', String(holdout)]);
  const roles = ['--role', 'owner', '--role', 'reviewer'];
  await run(['user', 'add', OWNER.name, ...roles, '--password-stdin', ...place], `${OWNER.password}\n`);
  const key = async (kind) => JSON.parse(await run(['key', 'make', kind, '--label', 'tests', '--format', 'json', ...place])).key;
  return { serverKey: await key('server'), publicKey: await key('public'), writeKey: await key('write') };
}

/** Runs a command of the program to its end; gives what it printed. */
async function run(command, input = '') {
  const child = spawn(program(), command, { stdio: ['pipe', 'pipe', 'pipe'] });
  let printed = '';
  let talk = '';
  child.stdout.on('data', (text) => (printed += text));
  child.stderr.on('data', (text) => (talk += text));
  child.stdin.end(input);
  const [code] = await once(child, 'close');
  assert.equal(code, 0, `milieu ${command.join(' ')}: ${talk}`);
  return printed;
}

/** Waits for the line that tells where the server listens. */
async function address(child, ended) {
  let talk = '';
  const told = new Promise((resolve) => {
    createInterface({ input: child.stderr }).on('line', (line) => {
      talk += `${line}\n`;
      const found = /ready at (http:\S+?)\/$/.exec(line);
      if (found) resolve(found[1]);
    });
  });
  const early = ended.then(([code]) => assert.fail(`the shop ended with ${code}: ${talk}`));
  return within(READY_WITHIN, Promise.race([told, early]), 'the shop is not ready');
}

async function approveWaiting(reader) {
  for (;;) {
    const { items } = await reader('GET', '/api/v1/reviews?state=waiting');
    if (items.length === 0) return;
    for (const { id, subject } of items) {
      await reader('POST', `/api/v1/reviews/${id}/verdicts`, { verdict: 'approve', digest: subject.digest, reason: 'reads well' });
    }
  }
}

async function within(milliseconds, promise, complaint) {
  const alarm = new AbortController();
  const late = pause(milliseconds, null, { signal: alarm.signal }).then(() => assert.fail(complaint));
  late.catch(() => {});
  return Promise.race([promise, late]).finally(() => alarm.abort());
}

async function logInAt(url, name, password) {
  const { token } = await call(url, 'POST', '/api/v1/session', { name, password });
  return (method, path, body) => call(url, method, path, body, token);
}

async function call(url, method, path, body, token) {
  const isText = typeof body === 'string';
  const headers = { 'content-type': isText ? 'application/toml' : 'application/json' };
  if (token) headers.authorization = `Bearer ${token}`;
  const sent = body === undefined || isText ? body : JSON.stringify(body);
  const response = await fetch(url + path, { method, headers, body: sent });
  const text = await response.text();
  assert.ok(response.ok, `${method} ${path}: ${response.status} ${text}`);
  return text === '' ? null : JSON.parse(text);
}

/** Asks again until `isRight` says yes to the answer; the last answer is shown when it never does. */
export async function eventually(ask, isRight, what) {
  const deadline = Date.now() + 20_000;
  for (;;) {
    const answer = await ask();
    if (isRight(answer)) return answer;
    assert.ok(Date.now() < deadline, `${what} did not come about; last seen: ${JSON.stringify(answer)}`);
    await pause(25);
  }
}
