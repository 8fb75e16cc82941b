import { CookieJar } from 'tough-cookie';
import { type ClientContract } from './ClientContract.js';

/** What the settings of the global class do for a client. */
export const settingContracts: readonly ClientContract[] = [
  {
    name: 'resolves relative URLs against baseURL',
    needs: ({ otherClasses, relativeUrls }) => otherClasses && relativeUrls,
    async run(t, bench) {
      bench.use({ baseURL: bench.server.url('/directory/') });
      t.same((await bench.client.send({ url: '../user' })).body, { id: 1, name: 'Zoë' });
      t.equal(bench.requests[0]?.responseURL, bench.server.url('/user'));
    },
  },
  {
    name: 'sends cookies to the own origin, and with credentials elsewhere',
    needs: ({ otherClasses }) => otherClasses,
    async run(t, bench) {
      const cookieJar = new CookieJar();
      bench.use({ origin: bench.server.origin, cookieJar });
      t.same((await bench.send('/cookie')).body, { cookie: null });
      t.same((await bench.send('/cookie')).body, { cookie: 'session=1' });
      bench.use({ origin: 'https://shop.example', cookieJar });
      t.same((await bench.send('/cookie')).body, { cookie: null });
      t.same((await bench.send('/cookie', { withCredentials: true })).body, { cookie: 'session=1' });
    },
  },
  {
    name: 'fails where CORS forbids the answer',
    needs: ({ otherClasses }) => otherClasses,
    async run(t, bench) {
      bench.use({ origin: 'https://shop.example' });
      t.match(await bench.failure(bench.send('/status?code=200')), { kind: 'network' });
      t.same((await bench.send('/user', { method: 'POST', body: { a: 1 } })).status, 200);
    },
  },
];
