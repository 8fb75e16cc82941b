import { readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { readMetadata } from './readMetadata.js';
import { type WptTest } from './WptTest.js';

/** Lists the tests of a checkout's `xhr/`: not those that ask for a person, and not the pages that tests open. */
export function listTests(checkout: string): WptTest[] {
  const suite = join(checkout, 'xhr');
  const tests = [...filesBelow(suite)].flatMap((file) =>
    testsOf(file, readFileSync(join(suite, file), 'utf8')),
  );
  return tests.sort((a, b) => (a.id < b.id ? -1 : 1));
}

function testsOf(file: string, text: string): WptTest[] {
  const script = /\.(any|window|worker)\.js$/.exec(file);
  if (!script && !text.includes('resources/testharness.js')) return [];
  const metadata = readMetadata(text, script !== null);
  const path = `/xhr/${file}`;
  const group = script?.[1] === 'any' ? 'any' : 'html';
  const needed = (metadata['script'] ?? []).map((name) => new URL(name, `http://server${path}`).pathname);
  return (metadata['variant'] ?? ['']).map((variant) => ({
    id: file + variant,
    group,
    server: file.includes('.h2.') ? 'h2' : file.includes('.https.') ? 'https' : 'http',
    page: (script ? path.replace(/\.js$/, '.html') : path) + variant,
    scripts: group === 'any' ? [...needed, path] : [],
    title: metadata['title']?.[0] ?? basename(file).replace(/\..*/, ''),
    isLong: metadata['timeout']?.includes('long') ?? false,
  }));
}

function* filesBelow(root: string, folder = ''): Generator<string> {
  for (const entry of readdirSync(join(root, folder), { withFileTypes: true })) {
    const path = folder + entry.name;
    if (entry.isDirectory()) {
      if (!/^(?:resources|support)$/.test(entry.name)) yield* filesBelow(root, `${path}/`);
    } else if (/\.(?:any|window|worker)\.js$|\.(?:x?html?|xht)$/.test(path) && !path.includes('-manual.')) {
      yield path;
    }
  }
}
