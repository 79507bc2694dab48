// What a page may report: that a slot was seen, and that it was clicked.
const NAMES = ['Experiment Viewed', 'Slot Clicked'];
const MOST = 50;

/** Reads a report; what is not of its form is a mistake of the sender. */
export function readEvents(body) {
  const events = parse(body);
  const isText = (text, most) => typeof text === 'string' && 0 < text.length && text.length <= most;
  const isGood = ({ event, decisionId, messageId, timestamp } = {}) =>
    NAMES.includes(event) && isText(decisionId, 200) && isText(messageId, 100) && isText(timestamp, 40);
  if (!Array.isArray(events) || events.length === 0 || MOST < events.length || !events.every((event) => event && isGood(event))) {
    throw Object.assign(new Error('That is no report of events.'), { status: 400 });
  }
  // Only what is known is passed on.
  return events.map(({ event, decisionId, messageId, timestamp }) => ({ event, properties: { decisionId }, messageId, timestamp }));
}

function parse(body) {
  try {
    return JSON.parse(body);
  } catch {
    return null;
  }
}
