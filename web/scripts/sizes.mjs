// Prints what a browser has to load, compressed, so that a heavy dependency is noticed at once.
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { root } from './catalogues.mjs';

const assets = join(root, 'dist/assets');
const totals = {};
for (const name of readdirSync(assets)) {
  const kind = name.split('.').pop();
  totals[kind] = (totals[kind] ?? 0) + gzipSync(readFileSync(join(assets, name))).length;
}
for (const [kind, bytes] of Object.entries(totals)) console.log(`${kind}: ${(bytes / 1000).toFixed(1)} kB gzip in total`);
