// House rules no general linter knows: logical CSS only, no words outside the
// catalogues, no message id that is missing or that nobody says.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseAst } from 'vite';
import { filesBelow, readCatalogues, root } from './catalogues.mjs';

const { messages, problems } = readCatalogues();
const read = (path) => readFileSync(join(root, path), 'utf8');
const lineOf = (text, offset) => text.slice(0, offset).split('\n').length;

const PHYSICAL =
  /(^|[\s;{])((?:margin|padding|border|inset|scroll-margin|scroll-padding)-(?:left|right|top|bottom)[\w-]*|left|right|top|bottom|width|height|(?:min|max)-(?:width|height)|border-(?:top|bottom)-(?:left|right)-radius)\s*:/gm;
for (const path of filesBelow('src', '.css')) {
  // Media and container conditions have no logical form that all browsers know.
  const text = read(path).replace(/\/\*[\s\S]*?\*\//g, blank).replace(/@(media|container)[^{]*/g, blank);
  for (const match of text.matchAll(PHYSICAL)) problems.push(`${path}:${lineOf(text, match.index + 1)}: ${match[2]} is physical`);
  for (const match of text.matchAll(/(?:text-align|float|clear)\s*:\s*(left|right)\b/g))
    problems.push(`${path}:${lineOf(text, match.index)}: ${match[1]} is physical`);
}

function blank(text) {
  return text.replace(/[^\n]/g, ' ');
}

const SPOKEN = new Set(['aria-label', 'title', 'label', 'placeholder', 'alt', 'description', 'aria-description']);
const PHYSICAL_STYLE = /^(margin|padding|border)(Left|Right|Top|Bottom)|^(left|right|top|bottom)$|^(ml|mr|pl|pr)$/;
const ID = /^(words|shell|login|overview|slots|results|reviews|audits|claims|markets|decisions)\.[a-z-]+$/;
const said = new Set();

for (const path of filesBelow('src', '.ts', '.tsx')) {
  if (path.endsWith('.d.ts')) continue;
  const text = read(path);
  const wrong = (node, what) => problems.push(`${path}:${lineOf(text, node.start)}: ${what}`);
  walk(parseAst(text, { lang: path.endsWith('x') ? 'tsx' : 'ts' }), (node) => {
    if (node.type === 'JSXText' && /\p{L}/u.test(node.value)) wrong(node, `words outside the catalogue: ${node.value.trim()}`);
    if (node.type === 'JSXAttribute') attribute(node, wrong);
    if (node.type === 'Literal' && typeof node.value === 'string' && ID.test(node.value)) {
      said.add(node.value);
      if (!messages[node.value]) wrong(node, `no message ${node.value}`);
    }
  });
}

function attribute({ name, value }, wrong) {
  if (PHYSICAL_STYLE.test(name.name)) wrong(name, `${name.name} is physical`);
  const literal = value?.type === 'Literal' ? value : value?.expression?.type === 'Literal' ? value.expression : null;
  if (literal && SPOKEN.has(name.name) && /\p{L}/u.test(String(literal.value))) wrong(name, `words outside the catalogue: ${literal.value}`);
  if (name.name !== 'style') return;
  for (const property of value?.expression?.properties ?? [])
    if (PHYSICAL_STYLE.test(property.key?.name ?? '')) wrong(property, `${property.key.name} is physical`);
}

function walk(node, visit) {
  if (Array.isArray(node)) return node.forEach((inner) => walk(inner, visit));
  if (node === null || typeof node !== 'object') return undefined;
  if (typeof node.type === 'string') visit(node);
  for (const inner of Object.values(node)) if (typeof inner === 'object') walk(inner, visit);
  return undefined;
}

for (const [id, { path }] of Object.entries(messages)) if (!said.has(id)) problems.push(`${path}: nobody says ${id}`);

if (problems.length > 0) {
  console.error(problems.join('\n'));
  process.exit(1);
}
console.log(`${Object.keys(messages).length} messages, all said; styles are logical`);
