// A page with OpenFeature's web SDK: the tests call it from outside.
import { OFREPWebProvider } from '@openfeature/ofrep-web-provider';
import { OpenFeature, ProviderEvents } from '@openfeature/web-sdk';

const METHOD = { string: 'getStringDetails', boolean: 'getBooleanDetails', integer: 'getNumberDetails', float: 'getNumberDetails', object: 'getObjectDetails' };
const SILENT = { error() {}, warn() {}, info() {}, debug() {} };
/** As documented in docs/ofrep.md. */
const documented = (input) =>
  JSON.stringify([input.url, input.auth, input.domain, input.targetingKey, input.context.country, input.context.locale]);

const heard = [];
let client;

globalThis.site = {
  heard,
  /** Starts a provider; the answer is the code of what went wrong, if anything did. */
  async open({ url, key, context, cached = false, ...options }) {
    OpenFeature.setLogger(SILENT);
    await OpenFeature.setContext(context);
    const provider = new OFREPWebProvider({
      baseUrl: url,
      headers: [['X-API-Key', key]],
      ...(cached ? { cacheKeyGenerator: documented } : { cacheMode: 'disabled' }),
      changeDetection: 'none',
      ...options,
    });
    client = OpenFeature.getClient();
    for (const event of [ProviderEvents.Stale, ProviderEvents.Error, ProviderEvents.ConfigurationChanged]) {
      client.addHandler(event, (told) => heard.push({ event, changed: told?.flagsChanged ?? [] }));
    }
    try {
      await OpenFeature.setProviderAndWait(provider);
      return null;
    } catch (error) {
      return error.code;
    }
  },
  move: (context) => OpenFeature.setContext(context),
  ask(kind, slot, fallback) {
    const { flagMetadata, ...details } = client[METHOD[kind]](slot, fallback);
    return { ...details, metadata: flagMetadata };
  },
};
globalThis.ready = true;
