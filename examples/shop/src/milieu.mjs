// All that this shop says to Milieu: one request for decisions per page, one per batch of events.
import { DEFAULTS, isOfKind } from './slots.mjs';

/** A page does not wait longer than this; then it shows its own defaults. */
const PATIENCE = 400;
/** Nobody waits for events: they may take as long as a busy disk needs. */
const PATIENCE_FOR_EVENTS = 10_000;

export function connect({ url, serverKey, writeKey }) {
  const ask = (path, options, patience = PATIENCE) => fetch(url + path, { ...options, signal: AbortSignal.timeout(patience) });

  return {
    /** Decides all slots of a page at once. Never fails: what cannot be decided is the shop's default. */
    async decide(visitor, market) {
      try {
        const response = await ask('/ofrep/v1/evaluate/flags', {
          method: 'POST',
          headers: { Authorization: `Bearer ${serverKey}`, 'Content-Type': 'application/json' },
          body: JSON.stringify({ context: { targetingKey: visitor, market, milieu: { slots: Object.keys(DEFAULTS) } } }),
        });
        if (!response.ok) throw new Error(`decisions were answered with ${response.status}`);
        const { flags, eventStreams = [] } = await response.json();
        return { ...decisionsOf(flags), tag: response.headers.get('etag'), stream: eventStreams[0]?.endpoint?.requestUri ?? null };
      } catch (error) {
        console.error(`the shop shows its defaults: ${error.message}`);
        return { ...decisionsOf([]), tag: null, stream: null };
      }
    },

    /** Sends events; tells whether they arrived. Who did not agree is counted, and is nobody. */
    async send({ agreed, visitor }, events) {
      const context = { consent: { categoryPreferences: { analytics: agreed, personalization: agreed } } };
      const batch = events.map((event) => ({ type: 'track', anonymousId: visitor, context, ...event }));
      try {
        const request = {
          method: 'POST',
          headers: { 'Content-Type': 'application/json' },
          body: JSON.stringify({ writeKey, sentAt: new Date().toISOString(), batch }),
        };
        const response = await ask('/v1/batch', request, PATIENCE_FOR_EVENTS);
        return response.ok;
      } catch {
        return false;
      }
    },

    /** The markets of the workspace, the default first; `null` when it cannot be asked. */
    async markets() {
      try {
        const response = await ask('/api/v1/workspace', { headers: { Authorization: `Bearer ${serverKey}` } });
        return response.ok ? (await response.json()).markets.map(({ id }) => id) : null;
      } catch {
        return null;
      }
    },
  };
}

/** For each slot its value, and the decision behind it where there is one. */
function decisionsOf(flags) {
  const given = new Map(flags.map((flag) => [flag.key, flag]));
  const slots = Object.entries(DEFAULTS).map(([key, fallback]) => {
    const flag = given.get(key);
    // A value of another kind would break the page: the shop trusts nobody with that.
    if (!flag || !isOfKind(fallback, flag.value)) return [key, { value: fallback, id: null }];
    return [key, { value: flag.value, id: flag.metadata?.decisionId ?? null }];
  });
  return { slots: Object.fromEntries(slots) };
}
