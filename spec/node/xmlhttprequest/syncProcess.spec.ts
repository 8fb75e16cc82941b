import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import t from 'tap';
import { sourceUrl } from '../../helpers/project.js';
import { testServer } from '../../helpers/testServer.js';
import { threadRoutes } from '../../helpers/threadRoutes.js';

const server = await testServer();
for (const [path, route] of threadRoutes) server.routes.set(path, route);
t.teardown(() => server.close());

const hello = `${server.origin}/answer?body=hello`;
/** Loads the package, in a module or in a script. */
const load = `const { createXMLHttpRequest, XMLHttpRequest } = await import("${sourceUrl('xmlhttprequest.js')}");`;
/** Makes a synchronous request, and gives its text. */
const define = `
  function ask(url, Class = XMLHttpRequest, timeout = 0) {
    const xhr = new Class();
    xhr.open('GET', url, false);
    xhr.timeout = timeout;
    xhr.send();
    return xhr.responseText;
  }`;
const module = `${load} ${define}`;

interface Ended {
  readonly code: number | string | null | undefined;
  readonly out: string;
  readonly err: string;
}

/** Runs Node, without what loads the specs. */
const run = (args: readonly string[], nodeOptions = ''): Promise<Ended> =>
  new Promise((resolve) => {
    const env = { ...process.env, NODE_OPTIONS: nodeOptions };
    execFile(process.execPath, args, { env }, (error, out, err) => {
      resolve({ code: error === null ? 0 : error.code, out, err });
    });
  });

const directory = t.testdir({
  'package.json': '{"type":"module"}',
  'idle.js': `${module}
    for (let count = 0; count < 300; count++) ask(${JSON.stringify(hello)});
    console.log(ask(${JSON.stringify(hello)}));`,
  'busy.js': `${module}
    try { ask(${JSON.stringify(`${server.origin}/silent`)}, XMLHttpRequest, 200); } catch ({ name }) { console.log(name); }`,
  'exit.js': `${module}
    process.on('exit', () => console.log(ask(${JSON.stringify(hello)})));
    process.exit(3);`,
  'asks.js': `${module}
    try { globalThis.asked = ask(${JSON.stringify(hello)}); } catch { globalThis.asked = 'refused'; }`,
  'after.js': `${module} console.log(asked, ask(${JSON.stringify(hello)}));`,
  'hook.cjs': 'globalThis.hooks = (globalThis.hooks ?? 0) + 1;',
  'dispatcher.js': `
    import { Agent } from 'undici';
    export default new Agent().compose((dispatch) => (options, handler) =>
      dispatch({ ...options, path: '/answer?body=hooks' + globalThis.hooks }, handler));`,
  'hooked.js': `${module}
    const syncDispatcher = new URL('./dispatcher.js', import.meta.url);
    console.log(ask(${JSON.stringify(hello)}, createXMLHttpRequest({ syncDispatcher })));`,
});
const file = (name: string): string => join(directory, name);

t.test('a process ends on its own, whatever the thread does, and prints nothing', async (t) => {
  t.same(await run([file('idle.js')]), { code: 0, out: 'hello\n', err: '' }, 'after many requests');
  t.same(await run([file('busy.js')]), { code: 0, out: 'TimeoutError\n', err: '' }, 'after one that hangs');
  t.same(await run([file('exit.js')]), { code: 3, out: 'hello\n', err: '' }, 'and in its exit');
});

t.test('synchronous requests work in a program that is not a file', async (t) => {
  const program = `${module} console.log(ask(${JSON.stringify(hello)}));`;
  const script = `(async () => { ${program} })();`;
  const printed = { code: 0, out: 'hello\n', err: '' };
  t.same(await run(['--input-type=module', '-e', program]), printed, 'a module');
  t.same(await run(['--max-old-space-size=200', '--input-type', 'module', '--eval', program]), printed);
  t.same(await run(['-e', program], '--input-type=module --max-old-space-size=200'), printed, 'NODE_OPTIONS');
  t.same(await run(['-e', script]), printed, 'a script');
});

t.test('modules that Node preloads are loaded into the thread too', async (t) => {
  const hook = file('hook.cjs');
  const printed = { code: 0, out: 'hooks1\n', err: '' };
  t.same(await run([file('hooked.js')], `--require ${hook}`), printed, 'by NODE_OPTIONS');
  t.same(await run(['--require', hook, file('hooked.js')]), printed, 'by --require');
  const program = `import(${JSON.stringify(pathToFileURL(file('hooked.js')).href)})`;
  for (const given of [['--require', hook], [`--require=${hook}`], ['-r', hook]]) {
    const args = ['--expose-gc', ...given, '--input-type=module', '-e', program];
    t.same(await run(args), printed, `by ${given.join(' ')} beside --input-type`);
  }
  t.same(await run(['--input-type=module', '-e', program], `--require ${hook}`), printed);
  t.same(await run(['-e', program], `--input-type=module --require ${hook}`), printed);
});

t.test(
  'a module that Node loads beforehand may make synchronous requests, but not in their thread',
  async (t) => {
    const ended = await run(['--import', pathToFileURL(file('asks.js')).href, file('after.js')]);
    t.same(ended, { code: 0, out: 'hello hello\n', err: '' });
  },
);
