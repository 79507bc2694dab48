// Two languages nobody speaks, made from English, that show layout faults early.

const LITERAL = 0;
const LETTERS = 'áƀçðéƒĝĥîĵķļɱñöþɋŕšţûṽŵẋýž';
const CAPITALS = 'ÅƁÇÐÉƑĜĤÎĴĶĻṀÑÖÞǪŔŠŢÛṼŴẊÝŽ';

/** Copies a message tree with `change` applied to the words, not to the arguments. */
export function mapLiterals(tree, change) {
  return tree.map((node) => {
    if (node.type === LITERAL) return { ...node, value: change(node.value) };
    if (!node.options) return node;
    const options = Object.entries(node.options).map(([key, option]) => [
      key,
      { ...option, value: mapLiterals(option.value, change) },
    ]);
    return { ...node, options: Object.fromEntries(options) };
  });
}

/** `en-XA`: accents on every letter, and vowels doubled: about 40 % longer, as German or Finnish may be. */
export function accented(text) {
  return text.replace(/[a-z]/gi, (letter) => {
    const small = letter.toLowerCase();
    const alphabet = small === letter ? LETTERS : CAPITALS;
    const changed = [...alphabet][small.charCodeAt(0) - 97];
    return 'aeiou'.includes(small) ? changed + changed.toLowerCase() : changed;
  });
}

/** `ar-XB`: each word is forced to run from right to left; spaces and punctuation stay neutral. */
export function mirrored(text) {
  return text.replace(/[\p{L}\p{M}’'-]+/gu, (word) => `\u202e${word}\u202c`);
}
