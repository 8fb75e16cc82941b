import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import t from 'tap';
import { createXMLHttpRequest } from '../../../source/xmlhttprequest.js';
import { sourceUrl } from '../../helpers/project.js';
import { completed, logEvents } from '../../helpers/xhrEvents.js';

const allTypes = ['readystatechange', 'loadstart', 'progress', 'load', 'loadend'];

t.test('reportError receives what a listener throws at once, and everything continues', async (t) => {
  const reported: unknown[] = [];
  const xhr = new (createXMLHttpRequest({ reportError: (error) => reported.push(error) }))();
  const thrown: unknown[] = [];
  const fail = (type: string): never => {
    const error = new Error(type);
    thrown.push(error);
    throw error;
  };
  for (const target of [xhr, xhr.upload]) {
    for (const type of allTypes) {
      target.addEventListener(type, () => fail(type));
      target.addEventListener(type, { handleEvent: () => fail(`object ${type}`) });
    }
  }
  xhr.onload = () => fail('onload');
  xhr.onreadystatechange = () => fail('onreadystatechange');
  const log = logEvents(xhr, true);
  await completed(xhr, 'data:,a', 'POST', 'body');
  t.same(
    log.filter((entry) => !entry.startsWith('upload.')),
    [
      ...['readystatechange 1', 'loadstart 0', 'readystatechange 2', 'readystatechange 3', 'progress 1'],
      ...['readystatechange 4', 'load 1', 'loadend 1'],
    ],
  );
  t.equal(log.length, 12, 'also on the upload');
  t.equal(thrown.length, 2 * 12 + 1 + 4);
  t.same(reported, thrown);
});

t.test('whatever is thrown is reported, even for an invalid listener', async (t) => {
  const reported: unknown[] = [];
  const xhr = new (createXMLHttpRequest({ reportError: (error) => reported.push(error) }))();
  for (const value of [undefined, null, 'text', 0]) {
    xhr.addEventListener('load', () => {
      // eslint-disable-next-line @typescript-eslint/only-throw-error -- a script may throw anything
      throw value;
    });
  }
  const object = { handleEvent: () => undefined };
  xhr.addEventListener('load', object);
  (object as { handleEvent: unknown }).handleEvent = 'no function';
  await completed(xhr, 'data:,a');
  t.strictSame(reported.slice(0, 4), [undefined, null, 'text', 0]);
  t.equal(reported.length, 5);
  t.match(reported[4], { name: 'TypeError' });
});

t.test('a request that fails inside a listener of another fails on its own', async (t) => {
  const reported: unknown[] = [];
  const Class = createXMLHttpRequest({ reportError: (error) => reported.push(error) });
  const xhr = new Class();
  xhr.onload = () => {
    new Class().send();
  };
  await completed(xhr, 'data:,a');
  t.equal(reported.length, 1);
  t.match(reported[0], { name: 'InvalidStateError', constructor: DOMException });
});

/** Runs a program over the class; what it prints. */
async function output(program: string): Promise<string> {
  const code = `import { createXMLHttpRequest, XMLHttpRequest } from "${sourceUrl('xmlhttprequest.js')}";${program}`;
  const { stdout } = await promisify(execFile)(process.execPath, [
    ...['--input-type=module', '--eval', code],
  ]);
  return stdout;
}

const request = `
  const xhr = new Class();
  xhr.addEventListener('load', () => { throw new Error('listener'); });
  xhr.onload = () => { throw new Error('handler'); };
  xhr.addEventListener('load', () => console.log('next'));
  xhr.onloadend = () => console.log('end');
  xhr.open('GET', 'data:,a');
  xhr.send();`;

t.test('without reportError it is an uncaught exception, after all listeners have run', async (t) => {
  const program = `
    const Class = XMLHttpRequest;
    process.on('uncaughtException', ({ message }) => console.log('uncaught', message));
    ${request}`;
  t.equal(await output(program), 'next\nend\nuncaught listener\nuncaught handler\n');
});

t.test('which ends the process unless it is handled', async (t) => {
  const program = `const Class = XMLHttpRequest; ${request}`;
  await t.rejects(output(program), { code: 1, stdout: 'next\nend\n', stderr: /Error: listener/ });
});

t.test('what reportError throws is uncaught, too', async (t) => {
  const program = `
    const Class = createXMLHttpRequest({ reportError: ({ message }) => { throw new Error('reporting ' + message); } });
    process.on('uncaughtException', ({ message }) => console.log('uncaught', message));
    ${request}`;
  t.equal(await output(program), 'next\nend\nuncaught reporting listener\nuncaught reporting handler\n');
});
