export interface Field {
  path: string;
  /** `null`: this side has no such field. */
  text: string | null;
  /** A number, a truth value or an empty list: not words of a language. */
  plain: boolean;
}

const leaf = (value: unknown): value is string | number | boolean | null =>
  value === null || typeof value !== 'object' || Object.keys(value).length === 0;

/** Any JSON as a list of named texts, in the order of the document. */
export function flatten(value: unknown, path = ''): Field[] {
  if (leaf(value)) return [{ path, text: typeof value === 'string' ? value : JSON.stringify(value), plain: typeof value !== 'string' }];
  return Object.entries(value as object).flatMap(([key, inner]) => flatten(inner, path ? `${path}.${key}` : key));
}

export interface Pair {
  path: string;
  before: Field | null;
  after: Field | null;
}

/** Fields of the proposal in their order, then those only the baseline has. */
export function pairUp(baseline: unknown, content: unknown): Pair[] {
  const before = baseline === null || baseline === undefined ? [] : flatten(baseline);
  const after = flatten(content);
  const gone = before.filter((field) => !after.some(({ path }) => path === field.path));
  return [
    ...after.map((field) => ({ path: field.path, before: before.find(({ path }) => path === field.path) ?? null, after: field })),
    ...gone.map((field) => ({ path: field.path, before: field, after: null })),
  ];
}
