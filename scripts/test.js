/**
 * Runs specs, each in a process of its own: `node scripts/test.js [--tap] [--coverage] [spec/a.spec.ts …]`. Without names it
 * runs all. It prints TAP: a line for each spec that passes; of the others what fails.
 *
 * - `--tap` prints every assertion.
 * - `--coverage`, or `COVERAGE=true`, measures the coverage of `source/`, and fails below the floor in package.json.
 *
 * tap's own command would load its hooks into every process, the children of specs included.
 */
import { spawn } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join, relative, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { briefly } from './briefly.js';
import { coverageFolder, reportCoverage } from './coverage.js';
import { outputOf, root, transpile } from './transpile.js';

/** In seconds, for a test that sets none: more than tap's own 30, for a machine that does much else. */
const timeout = 180;
/** In milliseconds, for a spec of which not even the time limits work. */
const patience = 15 * 60_000;

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
const env = {
  TAP_TIMEOUT: String(timeout),
  ...process.env,
  ...(values.coverage && { NODE_V8_COVERAGE: coverageFolder() }),
};
const running = new Set();
for (const signal of ['SIGINT', 'SIGTERM']) {
  process.once(signal, () => {
    for (const child of running) child.kill();
    process.kill(process.pid, signal);
  });
}

const specs = (named.length > 0 ? named : all).sort();
const sum = { total: 0, pass: 0, fail: 0, skip: 0, todo: 0 };
let ended = 0;
console.log(`TAP version 14\n1..${specs.length}`);
const left = [...specs];
// One more than cores: many specs wait for a timer or a connection.
await Promise.all(Array.from({ length: availableParallelism() + 1 }, work));
const counts = Object.entries(sum).filter(([name, count]) => count > 0 || name === 'total');
console.log(`# { ${counts.map(([name, count]) => `${name}: ${count}`).join(', ')} }`);
if (sum.fail > 0 || sum.total === 0) process.exitCode = 1;
if (values.coverage && !(await reportCoverage())) process.exitCode = 1;

async function work() {
  for (let spec = left.shift(); spec !== undefined; spec = left.shift()) {
    const start = performance.now();
    const { out, err, end } = await run(spec);
    const seconds = ((performance.now() - start) / 1000).toFixed(1);
    const counts = countsIn(out);
    // What ends early has not said all that it fails in.
    if (end !== 'exit code 0' && counts.fail === 0) counts.fail = 1;
    for (const name of Object.keys(sum)) sum[name] += counts[name] ?? 0;

    const name = relative(root, spec);
    const shown = values.tap ? out : briefly(out);
    if (shown !== '') console.log(`# Subtest: ${name}\n${shown.replaceAll(/^(?=.)/gm, '    ')}`);
    if (err !== '') process.stderr.write(err);
    const result = counts.fail > 0 || counts.total === 0 ? 'not ok' : 'ok';
    console.log(`${result} ${++ended} - ${name} # ${counts.total} assertions, ${end}, ${seconds} s`);
  }
}

/** What a spec prints, and how it ends. */
function run(/** @type {string} */ spec) {
  const child = spawn(process.execPath, ['--enable-source-maps', outputOf(spec)], {
    cwd: root,
    env,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  running.add(child);
  const timer = setTimeout(() => child.kill('SIGKILL'), patience);
  let [out, err] = ['', ''];
  child.stdout.setEncoding('utf8').on('data', (text) => (out += text));
  child.stderr.setEncoding('utf8').on('data', (text) => (err += text));
  return new Promise((resolve) => {
    child.on('close', (code, signal) => {
      clearTimeout(timer);
      running.delete(child);
      resolve({ out, err, end: signal ?? `exit code ${code}` });
    });
  });
}

/** From the last line like `# { total: 3, pass: 2, fail: 1 }`. */
function countsIn(/** @type {string} */ out) {
  const [, counts = ''] = [...out.matchAll(/^# \{ (total: \d.*) \}$/gm)].at(-1) ?? [];
  const found = Object.fromEntries(
    Array.from(counts.matchAll(/(\w+): (\d+)/g), ([, name, n]) => [name, Number(n)]),
  );
  return { total: 0, fail: 0, ...found };
}
