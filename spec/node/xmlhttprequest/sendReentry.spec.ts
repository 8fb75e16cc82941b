import t from 'tap';
import { XMLHttpRequest } from '../../../source/xmlhttprequest.js';
import { hour, hourClock } from '../../helpers/hourClock.js';
import { originServer } from '../../helpers/originServer.js';
import { completed, fired, logEvents } from '../../helpers/xhrEvents.js';

const server = await originServer(({ method, url, body }, response) => {
  response.end(`${method} ${url} ${body}`.trimEnd());
  if (url === '/blocking') onBlocking();
});
let onBlocking = (): void => undefined;
t.teardown(() => server.close());
const { origin } = server;

t.test(
  'a body whose conversion sends the request makes send() throw, and the request continues',
  async (t) => {
    const xhr = new XMLHttpRequest();
    xhr.open('POST', `${origin}/inner`);
    const body = {
      toString() {
        xhr.send('from inside');
        return 'from outside';
      },
    };
    t.throws(
      () => {
        xhr.send(body as unknown as string);
      },
      { name: 'InvalidStateError' },
    );
    await fired(xhr, 'load');
    t.equal(xhr.responseText, 'POST /inner from inside');
  },
);

t.test('a request that is opened and sent again in loadstart is sent once', async (t) => {
  const before = server.requests.length;
  const xhr = new XMLHttpRequest();
  xhr.open('POST', `${origin}/first`);
  xhr.addEventListener(
    'loadstart',
    () => {
      xhr.open('PUT', `${origin}/second`);
      xhr.send('two');
    },
    { once: true },
  );
  const log = logEvents(xhr, true);
  xhr.send('one');
  await fired(xhr, 'loadend');
  t.equal(xhr.responseText, 'PUT /second two');
  // Whatever was sent beside it has come before the answer to this.
  await completed(new XMLHttpRequest(), `${origin}/third`);
  t.same(
    server.requests.slice(before).map(({ url }) => url),
    ['/second', '/third'],
  );
  t.same(
    log.filter((entry) => entry.startsWith('upload.')),
    ['upload.loadstart 0/3', 'upload.progress 3/3', 'upload.load 3/3', 'upload.loadend 3/3'],
  );
});

t.test('the progress of an upload is reported once if it comes at once', async (t) => {
  const xhr = new XMLHttpRequest();
  const log = logEvents(xhr, true);
  await completed(xhr, `${origin}/upload`, 'POST', 'Test Message');
  t.same(log.slice(0, 7), [
    'readystatechange 1',
    'loadstart 0',
    'upload.loadstart 0/12',
    'upload.progress 12/12',
    'upload.load 12/12',
    'upload.loadend 12/12',
    'readystatechange 2',
  ]);
});

t.test('a response in time is not a timeout, even if the thread was too busy to read it', async (t) => {
  const clock = hourClock();
  t.teardown(() => {
    clock.restore();
  });
  // The answer has been written; the timer that is due is called before it is read.
  onBlocking = () => {
    setTimeout(() => {
      clock.pass(2 * hour);
    }, 0);
  };
  const xhr = new XMLHttpRequest();
  xhr.open('GET', `${origin}/blocking`);
  xhr.timeout = hour;
  const log = logEvents(xhr);
  xhr.send();
  await fired(xhr, 'loadend');
  t.equal(log.at(-2), 'load 13/13');
  t.equal(xhr.responseText, 'GET /blocking');
});

t.test('time in which the thread was too busy to start a request does not count', async (t) => {
  const clock = hourClock();
  t.teardown(() => {
    clock.restore();
  });
  const xhr = new XMLHttpRequest();
  xhr.open('GET', `${origin}/late`);
  xhr.timeout = hour;
  const log = logEvents(xhr);
  xhr.send();
  clock.pass(2 * hour);
  await fired(xhr, 'loadend');
  t.equal(log.at(-2), 'load 9/9');
});
