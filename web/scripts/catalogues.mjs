// Reads the English catalogues, which live beside the pages that speak them.
import { readFileSync, readdirSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = join(dirname(fileURLToPath(import.meta.url)), '..');

/** All files below `folder` whose name ends in one of `endings`; what is generated stays out. */
export function filesBelow(folder, ...endings) {
  return readdirSync(join(root, folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && endings.some((ending) => entry.name.endsWith(ending)))
    .map((entry) => relative(root, join(entry.parentPath ?? entry.path, entry.name)))
    .filter((path) => !path.includes('/compiled/'))
    .sort();
}

/** Every message with its file, and what is wrong with the catalogues. */
export function readCatalogues() {
  const messages = {};
  const problems = [];
  for (const path of filesBelow('src', '/en.json', 'en.json')) {
    for (const [id, entry] of Object.entries(JSON.parse(readFileSync(join(root, path), 'utf8')))) {
      if (messages[id]) problems.push(`${path}: ${id} is also in ${messages[id].path}`);
      if (!entry.defaultMessage) problems.push(`${path}: ${id} has no defaultMessage`);
      if (!entry.description) problems.push(`${path}: ${id} has no description for translators`);
      messages[id] = { ...entry, path };
    }
  }
  return { messages, problems };
}
