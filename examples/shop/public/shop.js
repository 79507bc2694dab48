// What a page does once it is there: tells what was seen and clicked, and takes over what local people changed.
// It stores nothing. Without it, the page works the same.

const { slots, refresh } = JSON.parse(document.getElementById('decisions').textContent);

// Seen and clicked: kept until they have arrived, so that a train in a tunnel loses nothing.
const waiting = [];
let sending = false;

function tell(event, key) {
  const decisionId = slots[key]?.id;
  if (!decisionId) return;
  waiting.push({ event, decisionId, messageId: crypto.randomUUID(), timestamp: new Date().toISOString() });
  queueMicrotask(flush);
}

async function flush() {
  if (sending || waiting.length === 0 || !navigator.onLine) return;
  sending = true;
  const batch = waiting.slice(0, 50);
  try {
    const headers = { 'Content-Type': 'application/json' };
    const response = await fetch('/events', { method: 'POST', headers, body: JSON.stringify(batch), keepalive: true });
    // What is refused for good would be refused again.
    if (response.ok || response.status < 500) waiting.splice(0, batch.length);
  } catch {
    // Offline: what waits is sent when the page is online again.
  }
  sending = false;
  if (waiting.length !== 0) setTimeout(flush, 2_000);
}
addEventListener('online', flush);

// Half of it on the screen is seen.
const seen = new Set();
const eyes = new IntersectionObserver((entries) => {
  for (const { isIntersecting, target } of entries) {
    if (!isIntersecting) continue;
    eyes.unobserve(target);
    for (const key of target.dataset.seen.split(' ')) {
      if (seen.has(key)) continue;
      seen.add(key);
      tell('Experiment Viewed', key);
    }
  }
}, { threshold: 0.5 });
for (const element of document.querySelectorAll('[data-seen]')) eyes.observe(element);

document.addEventListener('click', (event) => {
  const goal = event.target.closest('[data-goal]');
  for (const key of goal?.dataset.goal.split(' ') ?? []) tell('Slot Clicked', key);
});

// Content, an approval or quiet mode changed: ask again, and put in what is another text now.
if (refresh) {
  const listen = new EventSource(refresh.url + refresh.stream);
  listen.addEventListener('message', ({ data }) => {
    if (JSON.parse(data).type === 'refetchEvaluation') ask();
  });
  addEventListener('pagehide', () => listen.close());
}

async function ask() {
  const headers = { 'X-API-Key': refresh.key, 'Content-Type': 'application/json', ...(refresh.tag ? { 'If-None-Match': refresh.tag } : {}) };
  const context = { targetingKey: refresh.visitor, market: refresh.market, milieu: { slots: Object.keys(slots) } };
  try {
    const response = await fetch(`${refresh.url}/ofrep/v1/evaluate/flags`, { method: 'POST', headers, body: JSON.stringify({ context }) });
    if (response.status !== 200) return;
    refresh.tag = response.headers.get('ETag');
    for (const flag of (await response.json()).flags) put(flag);
  } catch {
    // The page keeps what it has.
  }
}

/** Shows another text. The number of columns and other forms of the page wait for the next page. */
function put({ key, value, metadata }) {
  if (!slots[key] || value === undefined || typeof value !== typeof slots[key].value) return;
  const id = metadata?.decisionId ?? null;
  if (id === slots[key].id) return;
  slots[key] = { value, id };
  seen.delete(key);
  for (const element of document.querySelectorAll(`[data-slot="${CSS.escape(key)}"]`)) {
    const text = element.dataset.field ? value[element.dataset.field] : value;
    if (typeof text !== 'string') continue;
    element.textContent = text;
    // What Milieu decides is in the language of the page; only a default may be in another.
    if (id) ['lang', 'dir'].forEach((name) => element.removeAttribute(name));
  }
  for (const element of document.querySelectorAll(`[data-seen~="${CSS.escape(key)}"]`)) eyes.observe(element);
}
