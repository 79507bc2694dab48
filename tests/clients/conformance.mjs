// Cases of a client, each a test; what became of them is kept for the table that the run prints at its end.
import { after, test } from 'node:test';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';

const need = createRequire(import.meta.url);

/** A package with the version that is installed. */
export async function installed(name) {
  for (const folder of need.resolve.paths(name)) {
    const found = await readFile(join(folder, name, 'package.json'), 'utf8').catch(() => null);
    if (found) return `${name} ${JSON.parse(found).version}`;
  }
  throw new Error(`${name} is not installed: run npm ci`);
}

/**
 * Names the client whose cases follow. A case it has is a test; a case it lacks is told
 * with the reason, and is no test.
 */
export function casesOf({ door, client, packages }) {
  const rows = [];
  const row = (name, outcome, why = '') => rows.push({ name, outcome, why });
  after(() => keep({ door, client, packages, rows }));
  return {
    passes(name, act, why = '') {
      test(`${client}: ${name}`, async (context) => {
        try {
          await act(context);
        } catch (error) {
          row(name, 'failed', String(error.message ?? error).split('\n')[0]);
          throw error;
        }
        row(name, 'passed', why);
      });
    },
    lacks(name, why) {
      row(name, 'not applicable', why);
    },
  };
}

async function keep(cases) {
  const folder = process.env.MILIEU_CONFORMANCE;
  if (!folder) return;
  const file = join(folder, `${cases.door}-${cases.client}.json`.replaceAll(/[^\w.-]+/g, '-').toLowerCase());
  await mkdir(dirname(file), { recursive: true });
  await writeFile(file, JSON.stringify(cases));
}
