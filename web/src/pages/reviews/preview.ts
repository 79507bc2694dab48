import { flatten, type Field } from './flatten';

/** How a field would stand on a page, as far as its name tells. */
export type Part = 'heading' | 'button' | 'picture' | 'address' | 'code' | 'body';

export interface PreviewField extends Field {
  part: Part;
}

const NAMES: [Part, RegExp][] = [
  ['picture', /^(alt|image-?alt)$/],
  ['address', /^(href|url|link|src|image)$/],
  ['heading', /^(title|heading|headline|subject|name)$/],
  ['button', /^(button|cta|label|action)$/],
];

/** A tag or an entity: text that a browser might run or draw instead of showing. */
const MARKUP = /<\/?[a-z!?][^>]*>|&(#\d+|#x[\da-f]+|[a-z]+);/i;

function partOf({ path, text, plain }: Field): Part {
  const name = (path.split('.').at(-1) ?? '').toLowerCase();
  if (text !== null && MARKUP.test(text)) return 'code';
  if (plain) return 'body';
  return NAMES.find(([, pattern]) => pattern.test(name))?.[0] ?? 'body';
}

/** The fields of a content, each with its part on the page. */
export const previewOf = (content: unknown): PreviewField[] => flatten(content).map((field) => ({ ...field, part: partOf(field) }));

/** Letters as readers count them: an accent or an emoji of many code points is one. */
export function lengthOf(text: string, locale: string): number {
  return [...new Intl.Segmenter(locale, { granularity: 'grapheme' }).segment(text)].length;
}
