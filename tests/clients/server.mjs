// A simulated shop of its own for each test file: the real program, on a free port, in a folder that goes away.
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as pause } from 'node:timers/promises';

const READY_WITHIN = 60_000;
const STOPPED_WITHIN = 40_000;

/** Starts `milieu demo` without visitors; gives its address, its keys, and a person's API. */
export async function startShop() {
  const program = process.env.MILIEU_BIN;
  assert.ok(program, 'set MILIEU_BIN to the path of the built program');
  const folder = await mkdtemp(join(tmpdir(), 'milieu-clients-'));
  const options = ['demo', '--format', 'json', '--visitors', '0', '--listen', '127.0.0.1:0', '--data', folder];
  const child = spawn(program, options, { stdio: ['ignore', 'pipe', 'pipe'] });
  const ended = once(child, 'exit');
  const abandon = () => child.kill('SIGKILL');
  process.on('exit', abandon);
  let talk = '';
  child.stderr.on('data', (text) => (talk += text));

  const told = JSON.parse(await firstLine(child, ended, () => talk));
  const url = told.url.replace(/\/$/, '');
  const stop = async () => {
    child.kill('SIGTERM');
    const [code] = await within(STOPPED_WITHIN, ended, () => `the shop does not stop: ${talk}`);
    process.off('exit', abandon);
    await rm(folder, { recursive: true, force: true });
    assert.equal(code, 0, `the shop ended badly: ${talk}`);
  };
  const shop = {
    url,
    serverKey: told.server_key,
    publicKey: told.public_key,
    writeKey: told.write_key,
    stop,
    /** Logs a person in; gives a function that calls the API as that person. */
    logIn: (name, password) => logIn(url, name, password),
  };
  shop.api = await shop.logIn(told.login, told.password);
  return shop;
}

async function firstLine(child, ended, talk) {
  const line = once(createInterface({ input: child.stdout }), 'line').then(([text]) => text);
  const early = ended.then(([code]) => assert.fail(`the shop ended with ${code}: ${talk()}`));
  return within(READY_WITHIN, Promise.race([line, early]), () => `the shop is not ready: ${talk()}`);
}

async function within(milliseconds, promise, complaint) {
  const alarm = new AbortController();
  const late = pause(milliseconds, null, { signal: alarm.signal }).then(() => assert.fail(complaint()));
  late.catch(() => {});
  return Promise.race([promise, late]).finally(() => alarm.abort());
}

async function logIn(url, name, password) {
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
