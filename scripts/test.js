/**
 * Runs specs, each in a process of its own: `node scripts/test.js [--tap] [--coverage] [spec/a.spec.ts …]`. Without names it
 * runs all. It prints TAP: a line for each spec that passes; of the others what fails.
 *
 * - `--tap` prints every assertion.
 * - `--coverage`, or `COVERAGE=true`, measures the coverage of `source/`, and fails below the floor in package.json.
 */
import { readdirSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join, relative, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import t from 'tap';
import { coverageFolder, reportCoverage } from './coverage.js';
import { outputOf, root, transpile } from './transpile.js';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    tap: { type: 'boolean', default: false },
    coverage: { type: 'boolean', default: process.env.COVERAGE === 'true' },
  },
});
const all = readdirSync(join(root, 'spec'), { recursive: true, encoding: 'utf8' })
  .filter((file) => file.endsWith('.spec.ts'))
  .map((file) => join(root, 'spec', file));
const named = positionals.map((file) => resolve(file));
const unknown = named.filter((file) => !all.includes(file));
if (unknown.length > 0) {
  console.error(`There is no spec ${unknown.join(', ')}: give paths like spec/request/request.spec.ts`);
  process.exit(2);
}

await transpile();
t.register();
// Written at once: the end comes when the process exits, and nothing can be done later.
t.on('data', values.tap ? (text) => process.stdout.write(text) : briefly());
t.jobs = availableParallelism();
t.setTimeout(0);
const env = {
  // In seconds, for a machine that does much else.
  TAP_TIMEOUT: '180',
  ...process.env,
  ...(values.coverage && { NODE_V8_COVERAGE: coverageFolder() }),
};
if (values.coverage) {
  t.teardown(async () => {
    if (!(await reportCoverage())) process.exitCode = 1;
  });
}
for (const spec of (named.length > 0 ? named : all).sort()) {
  const options = { buffered: true, timeout: Number(env.TAP_TIMEOUT) * 1000, cwd: root, env };
  t.spawn(process.execPath, ['--enable-source-maps', outputOf(spec)], options, relative(root, spec));
}

/** Drops from TAP, below its first level, what passes: what fails, is skipped or is printed by a spec stays. */
function briefly() {
  let rest = '';
  /** The heads of the tests that the line is in, from the outermost; none for one that is written. */
  let heads = [];
  /** The line that ends the details of an assertion. */
  let end;
  const linesFor = (/** @type {string} */ line) => {
    if (end !== undefined) {
      if (line === end) end = undefined;
      return [line];
    }
    const [, indentation = '', text = ''] = /^( *)(.*)$/.exec(line) ?? [];
    const depth = indentation.length / 4;
    if (/^# Subtest: /.test(text)) {
      heads = [...heads.slice(0, depth), line];
      return [];
    }
    if (text === '---') end = `${indentation}...`;
    if (text === '' || (depth > 0 && /^(?:1\.\.|# time=|ok (?!.* # (?:SKIP|TODO)))/.test(text))) return [];
    if (!/^(?:not )?ok /.test(text)) return [line];
    const above = heads.slice(0, depth).filter((head) => head !== undefined);
    heads = heads.map((head, index) => (index < depth ? undefined : head));
    return [...above, line];
  };
  return (/** @type {string} */ text) => {
    const lines = `${rest}${text}`.split('\n');
    rest = lines.pop() ?? '';
    process.stdout.write(
      lines
        .flatMap(linesFor)
        .map((line) => `${line}\n`)
        .join(''),
    );
  };
}
