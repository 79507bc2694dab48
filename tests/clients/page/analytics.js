// A page with Segment's browser library: the tests call it from outside.
import { AnalyticsBrowser } from '@segment/analytics-next';

const errors = [];
let analytics;

/** The library's own order of arguments. */
const SAY = {
  track: ({ event, properties }, options) => analytics.track(event, properties, options),
  page: ({ name, properties }, options) => analytics.page('', name, properties, options),
  screen: ({ name, properties }, options) => analytics.screen('', name, properties, options),
  identify: ({ userId, traits }, options) => analytics.identify(userId, traits, options),
  group: ({ groupId, traits }, options) => analytics.group(groupId, traits, options),
  alias: ({ userId, previousId }, options) => analytics.alias(userId, previousId, options),
};

globalThis.site = {
  errors,
  async open({ url, key, strategy }) {
    const settings = { apiHost: `${new URL(url).host}/v1`, protocol: 'http', ...(strategy ? { deliveryStrategy: strategy } : {}) };
    [analytics] = await AnalyticsBrowser.load({ writeKey: key, cdnURL: url }, { integrations: { 'Segment.io': settings } });
    analytics.on('error', (told) => errors.push(String(told.reason ?? told.code)));
  },
  /** Makes a call; the answer is what the library threw, if anything. */
  say({ call, anonymousId, context, timestamp, ...message }) {
    const options = { ...(anonymousId ? { anonymousId } : {}), ...(context ? { context } : {}), ...(timestamp ? { timestamp: new Date(timestamp) } : {}) };
    return new Promise((resolve) => {
      // A call that goes on until it is delivered is not waited for.
      setTimeout(() => resolve(null), 1_000);
      Promise.resolve().then(() => SAY[call](message, options)).then(() => resolve(null), (error) => resolve(String(error)));
    });
  },
};
globalThis.ready = true;
