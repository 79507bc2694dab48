// What the shop was told to show, read from its file: the server’s own answers are not taken for the truth.
import { readFileSync } from 'node:fs';
import { parse } from 'smol-toml';

const FILE = new URL('./world.toml', import.meta.url);
const slots = parse(readFileSync(FILE, 'utf8')).slot;

export const MARKETS = ['ja-JP', 'de-DE', 'fr-FR', 'pt-BR'];
export const COUNTRY = { 'ja-JP': 'JP', 'de-DE': 'DE', 'fr-FR': 'FR', 'pt-BR': 'BR' };
export const SLOTS = slots.map((slot) => slot.key);

const slot = (key) => slots.find((slot) => slot.key === key);
const variant = (key, name) => slot(key).variant.find((variant) => variant.key === name);

/** The approved content of a variant in a market. */
export const rendering = (key, name, market) => plain(variant(key, name).renderings[market]);
export const isGeneric = (key, name) => variant(key, name).generic === true;

// The parser's tables have no prototype; strict comparison minds.
const plain = (value) => JSON.parse(JSON.stringify(value));
