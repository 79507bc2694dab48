export type CsvValue = string | number | boolean | null;

/** Text that a spreadsheet would run as a formula gets a quote in front; numbers stay numbers. */
function field(value: CsvValue): string {
  if (value === null) return '';
  if (typeof value !== 'string') return String(value);
  const safe = /^[=+\-@\t\r]/.test(value) ? `'${value}` : value;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

/** RFC 4180, with plain numbers: a file is for programs, so nothing is localized. */
export function csvText<Column extends string>(columns: readonly Column[], rows: Record<Column, CsvValue>[]): string {
  const lines = rows.map((row) => columns.map((column) => field(row[column])).join(','));
  return [columns.join(','), ...lines, ''].join('\r\n');
}
