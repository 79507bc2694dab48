// Gathers every `en.json` below src/, checks it, and writes syntax trees for
// English and both pseudo-locales to src/i18n/compiled/.
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from '@formatjs/icu-messageformat-parser';
import { accented, mapLiterals, mirrored } from './pseudo.mjs';
import { readCatalogues, root } from './catalogues.mjs';

const { messages, problems } = readCatalogues();
const trees = {};
for (const [id, { defaultMessage }] of Object.entries(messages)) {
  try {
    trees[id] = parse(defaultMessage, { ignoreTag: true });
  } catch (error) {
    problems.push(`${id}: ${error.message}`);
    continue;
  }
  // A typed digit would stay Western where the reader's locale has its own.
  mapLiterals(trees[id], (text) => {
    if (/\p{Nd}/u.test(text)) problems.push(`${id}: a digit is typed by hand; pass it as a number`);
    return text;
  });
}
if (problems.length > 0) {
  console.error(problems.join('\n'));
  process.exit(1);
}

const folder = join(root, 'src/i18n/compiled');
mkdirSync(folder, { recursive: true });
const locales = { en: (text) => text, 'en-XA': accented, 'ar-XB': mirrored };
for (const [locale, change] of Object.entries(locales)) {
  const compiled = Object.fromEntries(Object.entries(trees).map(([id, tree]) => [id, mapLiterals(tree, change)]));
  writeFileSync(join(folder, `${locale}.json`), `${JSON.stringify(compiled)}\n`);
}
