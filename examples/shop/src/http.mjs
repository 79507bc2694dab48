// What every server needs and Node leaves to it: cookies, bodies with a bound, redirects.

const MOST_BYTES = 64 * 1024;
const A_YEAR = 365 * 24 * 60 * 60;

/** The cookies of a request, by name. */
export function cookies(request) {
  const jar = Object.create(null);
  for (const pair of (request.headers.cookie ?? '').split(';')) {
    const at = pair.indexOf('=');
    if (0 < at) jar[pair.slice(0, at).trim()] = pair.slice(at + 1).trim();
  }
  return jar;
}

/** Sets a cookie that scripts cannot read; `null` removes it. Add `Secure` when the shop is served over HTTPS. */
export function remember(response, name, value) {
  const set = response.getHeader('Set-Cookie') ?? [];
  const lasts = value === null ? 0 : A_YEAR;
  response.setHeader('Set-Cookie', [...set, `${name}=${value ?? ''}; Path=/; Max-Age=${lasts}; HttpOnly; SameSite=Lax`]);
}

/** Tells whether a form or script of this shop asks. */
export function isOwn(request) {
  const origin = request.headers.origin;
  return origin === undefined ? request.headers['sec-fetch-site'] === 'same-origin' : URL.canParse(origin) && new URL(origin).host === request.headers.host;
}

/** Reads a body to its end, never beyond the bound. */
export async function readBody(request) {
  const parts = [];
  let size = 0;
  for await (const part of request) {
    size += part.length;
    if (MOST_BYTES < size) throw Object.assign(new Error('The request is too large.'), { status: 413 });
    parts.push(part);
  }
  return Buffer.concat(parts).toString('utf8');
}

export function send(response, status, type, body) {
  response.setHeader('Content-Type', type);
  response.setHeader('X-Content-Type-Options', 'nosniff');
  response.setHeader('Referrer-Policy', 'same-origin');
  if (!response.hasHeader('Cache-Control')) response.setHeader('Cache-Control', 'no-store');
  response.writeHead(status);
  response.end(body);
}

export function redirect(response, to) {
  response.setHeader('Location', to);
  send(response, 303, 'text/plain', '');
}
