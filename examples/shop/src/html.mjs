// HTML that is safe by default: what is put into a template is escaped, unless it came from a template itself.

class Safe {
  constructor(text) {
    this.text = text;
  }
  toString() {
    return this.text;
  }
}

const ENTITIES = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };
const escape = (text) => String(text).replace(/[&<>"']/g, (sign) => ENTITIES[sign]);

function written(value) {
  if (value === null || value === undefined || value === false) return '';
  if (Array.isArray(value)) return value.map(written).join('');
  return value instanceof Safe ? value.text : escape(value);
}

/** html`<p>${text}</p>` */
export const html = (parts, ...values) =>
  new Safe(parts.reduce((text, part, place) => text + written(values[place - 1]) + part));

/** Data for the page's script: JSON in which no tag can begin. */
export const json = (value) => new Safe(JSON.stringify(value).replace(/</g, '\\u003c'));
