import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import t from 'tap';
import { root, runNode } from './runNode.js';

const require = createRequire(import.meta.url);

/** All that is exported, and what types have to find out by themselves. */
const program = `
import { map, type Observable } from 'rxjs';
import * as main from 'readystream';
import * as node from 'readystream/node';
import * as xml from 'readystream/xml';
import { ajax } from 'readystream/ajax';
import * as xhr from 'readystream/xmlhttprequest';
import 'readystream/xmlhttprequest/register';

export const titles: Observable<string | undefined> = main.request('https://shop.example/', { adapter: node.nodeAdapter() }).pipe(
  main.throwIfNotOk(),
  xml.elements('item'),
  map((item) => item.text('title')),
);
export const body: Observable<number> = main.request('https://shop.example/').pipe(
  main.response(main.json<{ id: number }>()),
  map(({ body }) => body.id),
);
export const fetched: Observable<{ id: number }> = ajax.getJSON<{ id: number }>('https://shop.example/');
export const request: XMLHttpRequest = new xhr.XMLHttpRequest();
// @ts-expect-error -- records come from elements() only
new xml.XmlElement();
// @ts-expect-error -- what is internal is no member
export const internal: unknown = xml.XmlElement.of;
`;

const nodenext = { module: 'nodenext' };
const bundler = { module: 'esnext', moduleResolution: 'bundler', customConditions: ['browser'] };

t.test('README names the oldest TypeScript that is tried here', (t) => {
  const { version } = require('typescript-5.7/package.json') as { version: string };
  const [, named] = /TypeScript (\d+\.\d+)/.exec(readFileSync(`${root}README.md`, 'utf8')) ?? [];
  t.equal(named, version.replace(/\.\d+$/, ''));
  t.end();
});

for (const { compiler, resolution } of [
  { compiler: 'typescript-5.7', resolution: nodenext },
  { compiler: 'typescript-7', resolution: nodenext },
  { compiler: 'typescript-7', resolution: bundler },
]) {
  t.test(`${compiler} with ${resolution.module} takes the declarations without skipLibCheck`, async (t) => {
    const folder = t.testdir({
      'package.json': '{"type":"module"}',
      node_modules: { readystream: t.fixture('symlink', root) },
      'program.ts': program,
      'tsconfig.json': JSON.stringify({
        compilerOptions: {
          target: 'es2022',
          lib: ['es2022', 'dom'],
          types: ['node'],
          strict: true,
          exactOptionalPropertyTypes: true,
          skipLibCheck: false,
          noEmit: true,
          ...resolution,
        },
      }),
    });
    const tsc = join(dirname(require.resolve(`${compiler}/package.json`)), 'bin/tsc');
    // It rejects with what the compiler says about the program, or about any declaration that it reads.
    const { stdout } = await runNode(tsc, '-p', folder);
    t.equal(stdout, '');
  });
}
