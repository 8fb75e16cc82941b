import fc from 'fast-check';
import t from 'tap';
import { ongoingRequestOf } from '../../../source/node/fetching/FetchClient.js';
import { makeFetchClient } from '../../../source/node/fetching/makeFetchClient.js';
import { type OngoingRequest } from '../../../source/node/fetching/OngoingRequest.js';
import { PreflightCache } from '../../../source/node/fetching/PreflightCache.js';
import { holds } from '../../helpers/property.js';
import { fetchRequestOf } from '../../helpers/runFetch.js';

const client = makeFetchClient({ origin: 'https://shop.example' });
const urls = ['http://a.example/x', 'http://a.example/y'] as const;

interface Asked {
  readonly method: string;
  readonly includeCredentials: boolean;
  readonly isRedirectTainted: boolean;
  readonly url: string;
}

function requestOf({ method, includeCredentials, isRedirectTainted, url }: Asked): OngoingRequest {
  const request = ongoingRequestOf(fetchRequestOf(url, { method, includeCredentials }), client);
  request.isRedirectTainted = isRedirectTainted;
  return request;
}

/** The cache as the standard writes it down: one entry for each method and each name, looked for one by one. */
class PlainCache {
  entries: { asked: Asked; expires: number; method?: string; name?: string }[] = [];

  store(asked: Asked, methods: readonly string[], names: readonly string[], expires: number): void {
    for (const method of methods) this.#set(asked, { method }, expires);
    for (const name of names) this.#set(asked, { name }, expires);
  }

  clear({ url, isRedirectTainted }: Asked): void {
    this.entries = this.entries.filter(
      ({ asked }) => asked.url !== url || asked.isRedirectTainted !== isRedirectTainted,
    );
  }

  allowsMethod(asked: Asked, now: number): boolean {
    return this.#matches(asked, now).some(({ method }) => method === asked.method || method === '*');
  }

  allowsHeader(asked: Asked, header: string, now: number): boolean {
    return this.#matches(asked, now).some(
      ({ name }) => name === header || (name === '*' && header !== 'authorization'),
    );
  }

  #matches(asked: Asked, now: number): PlainCache['entries'] {
    return this.entries.filter(
      (entry) =>
        entry.expires > now &&
        entry.asked.url === asked.url &&
        entry.asked.isRedirectTainted === asked.isRedirectTainted &&
        (entry.asked.includeCredentials || !asked.includeCredentials),
    );
  }

  #set(asked: Asked, what: { method?: string; name?: string }, expires: number): void {
    const matching = this.#matches(asked, 0).filter(
      ({ method, name }) => method === what.method && name === what.name,
    );
    for (const entry of matching) entry.expires = expires;
    if (matching.length === 0) this.entries.push({ asked, expires, ...what });
  }
}

t.test('allows nothing that the standard does not, and everything just allowed', (t) => {
  let now = 1_000_000;
  t.intercept(Date, 'now', { value: () => now });
  // Names and methods that are alike, so that one may be taken for the other.
  const word = fc.constantFrom('foo', 'FOO', 'x-a', '*', 'authorization');
  const words = fc.uniqueArray(word, { maxLength: 3 });
  const names = fc.uniqueArray(fc.constantFrom('foo', 'x-a', 'x-b', '*', 'authorization'), { maxLength: 3 });
  const asked: fc.Arbitrary<Asked> = fc.record({
    method: word,
    includeCredentials: fc.boolean(),
    isRedirectTainted: fc.boolean(),
    url: fc.constantFrom(...urls),
  });
  const step = fc.oneof(
    fc.record({ kind: fc.constant('store' as const), asked, words, names, maxAge: fc.nat({ max: 10 }) }),
    fc.record({ kind: fc.constant('clear' as const), asked }),
    fc.record({ kind: fc.constant('wait' as const), seconds: fc.nat({ max: 5 }) }),
    fc.record({
      kind: fc.constant('ask' as const),
      asked,
      name: fc.constantFrom('foo', 'x-a', 'authorization'),
    }),
  );
  let allowed = 0;
  holds(
    t,
    'nothing is allowed that was not',
    fc.property(fc.array(step, { maxLength: 12 }), (steps) => {
      const cache = new PreflightCache();
      const plain = new PlainCache();
      for (const action of steps) {
        if (action.kind === 'wait') now += action.seconds * 1_000;
        else if (action.kind === 'clear') {
          cache.clear(requestOf(action.asked));
          plain.clear(action.asked);
        } else if (action.kind === 'ask') {
          const request = requestOf(action.asked);
          const byMethod = cache.allowsMethod(request);
          const byName = cache.allowsHeader(request, action.name);
          if (byMethod) allowed++;
          if (byName) allowed++;
          if (byMethod && !plain.allowsMethod(action.asked, now)) return false;
          if (byName && !plain.allowsHeader(action.asked, action.name, now)) return false;
        } else {
          const request = requestOf(action.asked);
          cache.store(request, action.words, action.names, action.maxAge);
          plain.store(action.asked, action.words, action.names, now + action.maxAge * 1_000);
          if (action.maxAge === 0) continue;
          for (const method of action.words) {
            if (!cache.allowsMethod(requestOf({ ...action.asked, method }))) return false;
          }
          for (const name of action.names) if (!cache.allowsHeader(request, name)) return false;
        }
      }
      return true;
    }),
    { numRuns: 3_000 },
  );
  t.ok(allowed > 100, 'not by allowing nothing');
  t.end();
});

t.test('does not mistake a method for a header name', (t) => {
  const asked = { method: 'foo', includeCredentials: true, isRedirectTainted: false, url: urls[0] };
  const cache = new PreflightCache();
  cache.store(requestOf(asked), ['foo'], ['foo'], 60);
  t.ok(cache.allowsHeader(requestOf(asked), 'foo'));
  t.notOk(cache.allowsHeader(requestOf(asked), 'x-secret'), 'as if foo stood for all');
  t.end();
});

t.test('an entry with credentials is replaced by a shorter one without', (t) => {
  const asked = { method: 'PUT', includeCredentials: true, isRedirectTainted: false, url: urls[0] };
  const cache = new PreflightCache();
  cache.store(requestOf(asked), ['PUT'], [], 7_200);
  cache.store(requestOf({ ...asked, includeCredentials: false }), ['PUT'], [], 0);
  t.notOk(cache.allowsMethod(requestOf(asked)));
  t.notOk(cache.allowsMethod(requestOf({ ...asked, includeCredentials: false })));
  t.end();
});

t.test('is bounded', (t) => {
  const asked = { method: 'PUT', includeCredentials: false, isRedirectTainted: false, url: urls[0] };
  const cache = new PreflightCache();
  const long = { ...asked, url: `${urls[0]}?${'x'.repeat(10_000)}` };
  cache.store(requestOf(long), ['PUT'], [], 60);
  t.notOk(cache.allowsMethod(requestOf(long)), 'a long URL is asked for each time');
  for (let index = 0; index < 1_000; index++) {
    cache.store(requestOf({ ...asked, url: `${urls[0]}?${'x'.repeat(2_000)}${index}` }), ['PUT'], [], 60);
  }
  t.ok(JSON.stringify(cache.entries()).length < 256 * 8_192);
  t.end();
});
