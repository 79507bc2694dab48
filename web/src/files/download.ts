/** Hands a text to the browser as a file. */
export function download(name: string, text: string, type: string) {
  const url = URL.createObjectURL(new Blob([text], { type: `${type};charset=utf-8` }));
  Object.assign(document.createElement('a'), { href: url, download: name }).click();
  setTimeout(() => URL.revokeObjectURL(url), 1_000);
}

/** The mark in front tells spreadsheets that the text is UTF-8. */
export const downloadCsv = (name: string, text: string) => download(name, `\ufeff${text}`, 'text/csv');

export const downloadJson = (name: string, value: unknown) => download(name, `${JSON.stringify(value, null, 2)}\n`, 'application/json');
