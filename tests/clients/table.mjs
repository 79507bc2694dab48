// Makes one page of what each client could do, from what the tests left in a folder: node table.mjs FOLDER [--write FILE]
import { readFile, readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

const INTRO = `# What real clients can do

Unmodified client libraries against a real server, as \`scripts/client-tests\` ran them; \`scripts/client-tests --write\` makes this page anew.
A case that a client has no way to meet is "not applicable", with the reason. What each case checks stands in \`tests/clients\`.
`;

const TITLES = { decisions: 'Decisions over OFREP', events: 'Events in Segment’s format', markets: 'Markets of OFREP contexts' };

/** Writes the whole page. */
export function page(all) {
  const doors = Object.entries(TITLES).filter(([door]) => all.some((cases) => cases.door === door));
  const sections = doors.map(([door, title]) => `## ${title}\n\n${section(all.filter((cases) => cases.door === door))}`);
  return [INTRO, ...sections].join('\n');
}

function section(clients) {
  const rows = clients.flatMap(({ client, packages, rows }) => {
    const version = packages.map(short).join(', ');
    return rows.map(({ name, outcome, why }) => [client, version, name, outcome, why]);
  });
  const lines = [['client', 'version', 'case', 'result', 'why'], ['---', '---', '---', '---', '---'], ...rows];
  return `${summary(clients)}\n\n${lines.map((cells) => `| ${cells.map(cell).join(' | ')} |`).join('\n')}\n`;
}

function summary(clients) {
  const count = (rows, outcome) => rows.filter((row) => row.outcome === outcome).length;
  return clients
    .map(({ client, rows }) => {
      const [passed, failed, lacking] = ['passed', 'failed', 'not applicable'].map((outcome) => count(rows, outcome));
      return `- ${client}: ${passed} passed, ${failed} failed, ${lacking} not applicable`;
    })
    .join('\n');
}

/** `web-sdk 1.10.0` of `@openfeature/web-sdk 1.10.0`; of Chromium only what changes slowly. */
const short = (name) => name.replace(/^@[^/]+\//, '').replace(/^Chromium (\d+).*/, 'Chromium $1');

const cell = (text) => String(text).replaceAll('|', '\\|').replaceAll('\n', ' ');

async function main([folder, flag, file]) {
  const names = (await readdir(folder)).filter((name) => name.endsWith('.json')).sort();
  const all = await Promise.all(names.map(async (name) => JSON.parse(await readFile(join(folder, name), 'utf8'))));
  const text = page(all);
  if (flag === '--write') await writeFile(file, text);
  else process.stdout.write(text);
}

if (import.meta.url === pathToFileURL(process.argv[1]).href) await main(process.argv.slice(2));
