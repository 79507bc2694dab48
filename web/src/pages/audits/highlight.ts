/** A stretch of a text in bytes of UTF-8, as the server counts. */
export interface ByteSpan {
  start: number;
  end: number;
}

const bytesOf = (point: number) => (point < 0x80 ? 1 : point < 0x800 ? 2 : point < 0x10000 ? 3 : 4);

/**
 * The same stretches in UTF-16 units, as this language counts: in one walk over the
 * text. A stretch that begins or ends inside a character is widened to hold all of it,
 * and one beyond the end is cut.
 */
export function inUtf16(text: string, spans: ByteSpan[]): ByteSpan[] {
  const wanted = [...new Set(spans.flatMap(({ start, end }) => [start, end]))].sort((a, b) => a - b);
  const [down, up] = [new Map<number, number>(), new Map<number, number>()];
  let [bytes, units, next] = [0, 0, 0];
  for (const letter of text) {
    const after = bytes + bytesOf(letter.codePointAt(0) ?? 0);
    for (; next < wanted.length && wanted[next]! < after; next++) {
      down.set(wanted[next]!, units);
      up.set(wanted[next]!, wanted[next]! <= bytes ? units : units + letter.length);
    }
    if (next === wanted.length) break;
    bytes = after;
    units += letter.length;
  }
  const at = (found: Map<number, number>, byte: number) => found.get(byte) ?? text.length;
  return spans.map(({ start, end }) => ({ start: at(down, start), end: at(up, end) }));
}

export interface Mark extends ByteSpan {
  /** The number of the finding. */
  number: number;
}

/** A run of text with the findings that are about it; `ends`: those whose number stands after it. */
export interface Piece {
  text: string;
  numbers: number[];
  ends: number[];
}

export interface Line {
  /** From 1. */
  number: number;
  pieces: Piece[];
}

/** An empty place, where something is missing, is shown by the letter after it, else by the one before. */
function visible(text: string, { start, end, number }: Mark): Mark {
  if (start < end) return { start, end, number };
  const after = text.codePointAt(start);
  if (after !== undefined && after !== 10) return { start, end: start + (after < 0x10000 ? 1 : 2), number };
  const low = 0 < start && /[\udc00-\udfff]/.test(text[start - 1]!);
  return { start: Math.max(0, start - (low ? 2 : 1)), end: start, number };
}

/** Cuts a text at the ends of its marks and of its lines. Marks may overlap and run over lines. */
export function linesOf(text: string, marks: Mark[]): Line[] {
  const seen = marks.map((mark) => visible(text, mark));
  const lines: Line[] = [];
  let start = 0;
  for (const raw of text.split('\n')) {
    const end = start + raw.length;
    lines.push({ number: lines.length + 1, pieces: piecesOf(text, start, raw.endsWith('\r') ? end - 1 : end, seen) });
    start = end + 1;
  }
  return lines;
}

function piecesOf(text: string, start: number, end: number, marks: Mark[]): Piece[] {
  const here = marks.filter((mark) => mark.start < end && start < mark.end);
  const cuts = new Set([start, end, ...here.flatMap((mark) => [Math.max(start, mark.start), Math.min(end, mark.end)])]);
  const places = [...cuts].sort((a, b) => a - b);
  return places.slice(0, -1).map((from, index) => {
    const to = places[index + 1]!;
    const covering = here.filter((mark) => mark.start <= from && to <= mark.end);
    return {
      text: text.slice(from, to),
      numbers: covering.map(({ number }) => number),
      // A mark that runs on into the next line shows its number there.
      ends: covering.filter((mark) => mark.end === to).map(({ number }) => number),
    };
  });
}

/** Lines with marks and a few around them; `null` stands for lines that are left out. */
export function excerpt(lines: Line[], around: number): (Line | null)[] {
  const near = new Set<number>();
  for (const { number, pieces } of lines)
    if (pieces.some(({ numbers }) => 0 < numbers.length)) for (let line = number - around; line <= number + around; line++) near.add(line);
  const out: (Line | null)[] = [];
  for (const line of lines)
    if (near.has(line.number)) out.push(line);
    else if (out.at(-1) !== null) out.push(null);
  return out;
}
