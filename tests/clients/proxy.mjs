// Stands between a client and the server: notes what passes, and does to it what bad networks and busy servers do.
import { once } from 'node:events';
import { createServer, request as ask } from 'node:http';
import { gunzipSync } from 'node:zlib';

/** What browsers need to be allowed to read a refusal: the server says the same of its own. */
const OPEN = { 'access-control-allow-origin': '*', 'access-control-expose-headers': 'etag,retry-after' };

/**
 * Starts a proxy before `target`. `passed` holds every request that came, preflights too;
 * `fault` says what happens to the next request whose path fits.
 */
export async function startProxy(target) {
  const passed = [];
  const faults = [];
  const added = {};
  const sockets = new Set();
  const take = (note) => {
    const found = note.method === 'OPTIONS' ? -1 : faults.findIndex((fault) => fault.path.test(note.path));
    return found < 0 ? {} : faults.splice(found, 1)[0];
  };

  const server = createServer(async (incoming, outgoing) => {
    const note = { method: incoming.method, path: incoming.url, headers: incoming.headers, status: null, answer: null, at: Date.now() };
    passed.push(note);
    const fault = take(note);
    const parts = [];
    for await (const part of incoming) parts.push(part);
    note.sent = Buffer.concat(parts);
    if (fault.status) {
      note.status = fault.status;
      outgoing.writeHead(fault.status, { ...OPEN, 'content-type': 'application/json', ...fault.headers });
      outgoing.end(fault.body ?? '');
      return;
    }
    const headers = { ...incoming.headers, ...added, host: new URL(target).host };
    const onward = ask(target + incoming.url, { method: incoming.method, headers }, (answer) => {
      note.status = answer.statusCode;
      note.answer = answer.headers;
      if (fault.lose) {
        note.lost = true;
        answer.resume().on('end', () => outgoing.destroy());
        return;
      }
      outgoing.writeHead(answer.statusCode, { ...answer.headers, ...fault.headers });
      if (fault.body) {
        answer.resume();
        outgoing.end(fault.body);
      } else {
        answer.pipe(outgoing);
      }
    });
    onward.on('error', () => outgoing.destroy());
    outgoing.on('close', () => onward.destroy());
    onward.end(note.sent);
  });
  server.on('connection', (socket) => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');

  return {
    url: `http://127.0.0.1:${server.address().port}`,
    passed,
    /** Headers that are put on every request that goes on. */
    added,
    /** `{status, headers, body}` answers in the server's place; `{lose: true}` loses the server's answer. */
    fault: (fault) => faults.push({ path: /./, ...fault }),
    /** Forgets what passed and what was to happen. */
    forget() {
      passed.length = 0;
      faults.length = 0;
      for (const name of Object.keys(added)) delete added[name];
    },
    async stop() {
      for (const socket of sockets) socket.destroy();
      server.close();
      await once(server, 'close');
    },
  };
}

/** The body of a request, unpacked and read. */
export function bodyOf({ headers, sent }) {
  const plain = headers['content-encoding'] === 'gzip' ? gunzipSync(sent) : sent;
  return JSON.parse(plain.toString('utf8'));
}
