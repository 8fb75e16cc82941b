import { isIP, type LookupFunction } from 'node:net';
import { inspect } from 'node:util';
import t, { type Test } from 'tap';
import { nodeAdapter } from '../../../source/adapters/node.js';
import { type Connector } from '../../../source/node/schemes/HttpConnections.js';
import { publicHosts } from '../../../source/node/schemes/publicHosts.js';
import { requestFactory } from '../../../source/request/requestFactory.js';
import { originServer } from '../../helpers/originServer.js';
import { record, type Recording } from '../../helpers/record.js';

const inside = await originServer((_, response) => response.end('inside'));
t.teardown(() => inside.close());
const { port } = new URL(inside.origin);

function run(url: string, guard: Connector): Promise<Recording> {
  return record(requestFactory(() => nodeAdapter({ guard }))()(url));
}

type Callback = (...given: unknown[]) => void;

/** A lookup of the caller's, which may give whatever it likes. */
function lookupOf(lookup: (callback: Callback, options: { all?: boolean }) => unknown): LookupFunction {
  const given = (_: string, options: { all?: boolean }, callback: Callback): unknown =>
    lookup(callback, options);
  return given as unknown as LookupFunction;
}

/** Gives addresses in the form that they are asked for. */
function answer(
  callback: Callback,
  { all }: { all?: boolean },
  error: unknown,
  ...addresses: string[]
): void {
  const list = addresses.map((address) => ({ address, family: isIP(address) }));
  if (all === true) callback(error, list);
  else callback(error, addresses.at(-1), isIP(addresses.at(-1) ?? ''));
}

/** Asserts that what this lookup gives is an error of the request and reaches no server. */
async function fails(t: Test, name: string, lookup: LookupFunction): Promise<void> {
  const before = inside.requests.length;
  for (const autoSelectFamily of [true, false]) {
    const { error } = await run(
      `http://name.example:${port}/`,
      publicHosts({ lookup, connect: { autoSelectFamily } as object }),
    );
    t.match(error, { code: 'ERR_NETWORK', phase: 'connect' }, `${name} (${autoSelectFamily})`);
  }
  t.equal(inside.requests.length, before, name);
}

t.test('what stands in the place of an error lets nothing through', async (t) => {
  for (const error of [undefined, null, 0, false, '', NaN, 'no error', {}, { code: 'ENOTFOUND' }]) {
    const now = lookupOf((callback, options) => {
      answer(callback, options, error, '127.0.0.1');
    });
    await fails(t, inspect(error), now);
    const later = lookupOf((callback, options) => {
      setImmediate(answer, callback, options, error, '93.184.215.14', '127.0.0.1');
    });
    await fails(t, `${inspect(error)}, later`, later);
  }
});

t.test('nonsense is an error of the request', async (t) => {
  const nonsense: readonly unknown[] = [
    undefined,
    null,
    '',
    'nonsense',
    'localhost',
    '2130706433',
    '0x7f.1',
    '127.1',
    ' 127.0.0.1',
    '[::1]',
    7,
    {},
    [],
    [undefined],
    [null],
    ['127.0.0.1'],
    [{}],
    [{ address: 'nonsense', family: 4 }],
    [{ address: 2130706433, family: 4 }],
    [
      { address: '93.184.215.14', family: 4 },
      { address: '0x7f.1', family: 4 },
    ],
    { address: '127.0.0.1', family: 4 },
  ];
  for (const given of nonsense) {
    const lookup = lookupOf((callback) => {
      callback(null, given, 4);
    });
    await fails(t, inspect(given), lookup);
  }
  const noError = new Error('no such name');
  let turn = 0;
  const lookups: Readonly<Record<string, (callback: Callback, options: { all?: boolean }) => unknown>> = {
    'nothing at all': (callback) => {
      callback();
    },
    throws: () => {
      throw new Error('thrown');
    },
    'throws what is no error': () => {
      // eslint-disable-next-line @typescript-eslint/only-throw-error -- a caller's function may
      throw 'thrown';
    },
    rejects: () => Promise.reject(new Error('rejected')),
    'gives a promise of an address': () => Promise.resolve({ address: '127.0.0.1', family: 4 }),
    'gives a promise of text': () => Promise.resolve('127.0.0.1'),
    'has a then that throws': () => ({
      then(): void {
        throw new Error('then');
      },
    }),
    'has a getter for then that throws': () => ({
      get then(): unknown {
        throw new Error('then');
      },
    }),
    'an error': (callback) => {
      callback(noError);
    },
    'an error, and an address all the same': (callback, options) => {
      answer(callback, options, noError, '127.0.0.1');
    },
    'a getter that throws': (callback) => {
      const entry = {
        get address(): string {
          throw new Error('got');
        },
      };
      callback(null, [entry], 4);
    },
    'a getter that throws, later': (callback) => {
      const entry = {
        get address(): string {
          throw new Error('got');
        },
      };
      setImmediate(callback, null, [entry], 4);
    },
    'another address each time it is looked at': (callback) => {
      const entry = {
        get address(): string {
          return turn++ % 2 === 0 ? '127.0.0.1' : '93.184.215.14';
        },
        family: 4,
      };
      callback(null, [entry], 4);
    },
    'never an array': (callback, { all }) => {
      callback(null, all === true ? '93.184.215.14' : '127.0.0.1', 4);
    },
    'changes what it was asked': (callback, options) => {
      options.all = options.all !== true;
      callback(null, '127.0.0.1', 4);
    },
  };
  for (const [name, lookup] of Object.entries(lookups)) await fails(t, name, lookupOf(lookup));
});

t.test('the errors of a lookup keep their code', async (t) => {
  const lookup = lookupOf((callback) => {
    callback(Object.assign(new Error('getaddrinfo ENOTFOUND'), { code: 'ENOTFOUND' }));
  });
  t.match((await run('http://name.example/', publicHosts({ lookup }))).error, { phase: 'dns' });
});

t.test('a lookup that calls back twice is heard once', async (t) => {
  const first = lookupOf((callback, options) => {
    answer(callback, options, null, '127.0.0.1');
    answer(callback, options, null, '10.0.0.1');
    setImmediate(callback, new Error('late'));
    throw new Error('later');
  });
  for (const autoSelectFamily of [true, false]) {
    const guard = publicHosts({
      allow: ['127.0.0.1'],
      lookup: first,
      connect: { autoSelectFamily } as object,
    });
    t.equal((await run(`http://name.example:${port}/`, guard)).text, 'inside');
  }
  const refused = lookupOf((callback, options) => {
    answer(callback, options, null, '10.0.0.1');
    answer(callback, options, null, '127.0.0.1');
  });
  const guard = publicHosts({ allow: ['127.0.0.1'], lookup: refused });
  t.match((await run(`http://name.example:${port}/`, guard)).error, { message: /10\.0\.0\.1 is not/ });
});
