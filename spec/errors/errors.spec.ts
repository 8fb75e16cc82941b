import { runInNewContext } from 'node:vm';
import t from 'tap';
import { AbortedError } from '../../source/errors/AbortedError.js';
import {
  isAbortedError,
  isHttpStatusError,
  isLimitError,
  isNetworkError,
  isParseError,
  isReadystreamError,
  isRequestTimeoutError,
  isXmlError,
} from '../../source/errors/guards.js';
import { HttpStatusError } from '../../source/errors/HttpStatusError.js';
import { LimitError } from '../../source/errors/LimitError.js';
import { NetworkError } from '../../source/errors/NetworkError.js';
import { ParseError } from '../../source/errors/ParseError.js';
import { ReadystreamError } from '../../source/errors/ReadystreamError.js';
import { RequestTimeoutError } from '../../source/errors/RequestTimeoutError.js';
import { XmlError } from '../../source/errors/XmlError.js';
import { defaultLimits, mergeLimits } from '../../source/options/limits.js';
import { responseOf } from '../helpers/events.js';

const request = { method: 'GET', url: 'https://example.org/feed', repeatable: true };
const position = { line: 3, column: 5, offset: 77 };

/** One error of each class, with its code, its guard and its message. */
const family: readonly (readonly [ReadystreamError, string, (error: unknown) => boolean, string])[] = [
  [
    new NetworkError('connect', { request, cause: new Error('ECONNREFUSED') }),
    'ERR_NETWORK',
    isNetworkError,
    'GET https://example.org/feed failed (connect): ECONNREFUSED',
  ],
  [
    new RequestTimeoutError('idle', 50, { request }),
    'ERR_TIMEOUT',
    isRequestTimeoutError,
    'GET https://example.org/feed timed out: timeout.idle is 50 ms',
  ],
  [
    new AbortedError({ request, cause: 'enough' }),
    'ERR_ABORTED',
    isAbortedError,
    'GET https://example.org/feed was aborted by its signal',
  ],
  [
    new HttpStatusError(responseOf({ response: { status: 404, statusText: 'Not Found', ok: false } }), {
      request,
    }),
    'ERR_HTTP_STATUS',
    isHttpStatusError,
    'GET https://example.org/feed failed with 404 Not Found at https://example.org/',
  ],
  [
    new ParseError('json', 'No JSON', { request, position, advice: 'look at it' }),
    'ERR_PARSE',
    isParseError,
    'No JSON at line 3, column 5 (offset 77) of https://example.org/feed: look at it',
  ],
  [
    new XmlError('Bad', { url: 'https://example.org/moved', position, records: 2 }),
    'ERR_XML',
    isXmlError,
    'Bad at line 3, column 5 (offset 77) of https://example.org/moved',
  ],
  [
    new LimitError('bufferedBytes', 10, { request }),
    'ERR_LIMIT',
    isLimitError,
    'GET https://example.org/feed exceeded limits.bufferedBytes (10): raise it if you trust the source',
  ],
];

t.test('each error names its class and code, and says what failed, where, and what to do', (t) => {
  for (const [error, code, , message] of family) {
    t.equal(error.code, code);
    t.equal(error.message, message);
    t.equal(error.name, error.constructor.name);
    t.ok(error instanceof ReadystreamError && error instanceof Error);
  }
  t.end();
});

t.test('each guard only recognises its own class; an XmlError is also a ParseError', (t) => {
  for (const [error, code, guard] of family) {
    t.ok(isReadystreamError(error) && guard(error), code);
    for (const [other, otherCode] of family) {
      const isToo = other === error || (guard === isParseError && otherCode === 'ERR_XML');
      t.equal(guard(other), isToo, `${code}: ${otherCode}`);
    }
  }
  for (const stranger of [undefined, null, 'ERR_NETWORK', {}, new Error('x'), { code: 'ERR_NETWORK' }]) {
    t.notOk(isReadystreamError(stranger) || isNetworkError(stranger));
  }
  t.end();
});

t.test('a guard recognises an error from another realm', (t) => {
  const foreign: unknown = runInNewContext(
    `Object.assign(new Error('x'), { [Symbol.for('readystream.error')]: true, code: 'ERR_NETWORK' })`,
  );
  t.notOk(foreign instanceof Error, 'it is of another realm');
  t.ok(isNetworkError(foreign));
  t.notOk(isXmlError(foreign));
  t.end();
});

t.test('an error keeps plain facts of its request, and no live objects', (t) => {
  const rich = { ...request, body: new Uint8Array(5), signal: new AbortController().signal };
  t.strictSame(new NetworkError('body', { request: rich }).request, request);
  t.equal(new AbortedError({ cause: 'enough' }).cause, 'enough');
  const long = new NetworkError('body', { request: { ...request, url: `data:,${'x'.repeat(10_000)}` } });
  t.ok(long.message.length < 600, 'a data: URL does not fill the message');
  t.end();
});

t.test('an XmlError has its position and the number of values before it', (t) => {
  const error = new XmlError('Bad', { position, records: 2 });
  t.same([error.line, error.column, error.offset, error.records], [3, 5, 77, 2]);
  t.end();
});

t.test('limits are merged by name, and invalid ones are rejected', (t) => {
  t.equal(mergeLimits(defaultLimits, undefined), defaultLimits);
  t.match(mergeLimits(defaultLimits, { xmlDepth: 5 }), { xmlDepth: 5, xmlAttributes: 1_000 });
  t.equal(mergeLimits(defaultLimits, { bufferedBytes: Infinity }).bufferedBytes, Infinity);
  t.throws(() => mergeLimits(defaultLimits, { depth: 5 } as never), /Unknown limits? .*'depth'.*headerBytes/);
  t.throws(() => mergeLimits(defaultLimits, { xmlDepth: Number.NaN }), {
    name: 'RangeError',
    message: /limits\.xmlDepth is NaN/,
  });
  t.end();
});

t.test('no error shows a user name or password, whatever its URL', (t) => {
  for (const url of [
    'https://ada:secret@h.example/',
    'x://ada:secret@h/',
    'http://ada:se/cret@h/',
    '//ada:secret@h',
    'http:ada:secret@[',
  ]) {
    const given = { method: 'GET', url, repeatable: true };
    const response = { ...responseOf({}), url };
    for (const error of [
      new NetworkError('connect', { request: given }),
      new RequestTimeoutError('idle', 50, { request: given }),
      new AbortedError({ request: given }),
      new HttpStatusError({ ...response, url: 'http://other/' }, { request: given }),
      new HttpStatusError({ ...response, headers: response.headers }, { request }),
      new ParseError('json', 'No JSON', { request: given }),
      new ParseError('json', 'No JSON', { url }),
      new LimitError('headerBytes', 1, { request: given }),
      new XmlError('malformed', { position, request: given }),
    ]) {
      t.notMatch(
        `${error.message} ${JSON.stringify(error.request)}`,
        /ada|secret|cret@/,
        `${error.name} ${url}`,
      );
    }
  }
  const plain = 'data:text/plain,ada@h.example';
  t.equal(new AbortedError({ request: { ...request, url: plain } }).request?.url, plain);
  t.end();
});
