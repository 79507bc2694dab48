// Where the Python clients are, and how to run a script with them.
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/** The interpreter that has the clients; `scripts/client-tests` makes it. */
export function python() {
  const own = fileURLToPath(new URL('python/.venv/bin/python', import.meta.url));
  assert.ok(existsSync(own), `${own} is missing: run scripts/client-tests once`);
  return own;
}

export const script = (name) => fileURLToPath(new URL(`python/${name}`, import.meta.url));

/** Runs a script to its end; an order goes in, its report comes out. */
export async function runScript(name, order) {
  const child = spawn(python(), [script(name)], { stdio: ['pipe', 'pipe', 'pipe'] });
  let report = '';
  let talk = '';
  child.stdout.on('data', (text) => (report += text));
  child.stderr.on('data', (text) => (talk += text));
  child.stdin.end(JSON.stringify(order));
  const [code] = await once(child, 'close');
  assert.equal(code, 0, `${name}: ${talk}`);
  return JSON.parse(report);
}
