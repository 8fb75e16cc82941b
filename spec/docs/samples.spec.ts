import { chmodSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import t, { type Test } from 'tap';
import { projectFile } from '../helpers/project.js';
import { type Command, commandsOf } from './commandsOf.js';
import { expectedOutput, isExpected } from './expectedOutput.js';
import { findSamples, samplesIn } from './findSamples.js';
import { runProgram } from './runProgram.js';
import { type Sample } from './Sample.js';
import { openShop, type Shop } from './shop.js';
import { transpileSamples } from './transpileSamples.js';
import { typeErrors } from './typeErrors.js';

const root = projectFile('');
/** Who answers in the samples; when they are run, a server of this process does. */
const shopOrigin = 'https://shop.example';

// All of it takes seconds, but not on a machine that does much else.
t.setTimeout(600_000);

const samples = findSamples(root);
const notRun = samples.filter((sample) => sample.notRun !== undefined);
const toRun = samples.filter((sample) => sample.notRun === undefined);

t.test(`${samples.length} samples are found, all but ${notRun.length} of them to be run`, (t) => {
  t.ok(samples.length > 50);
  for (const { file, line, notRun: reason = '' } of notRun)
    t.ok(reason.length > 10, `${file}:${line}: ${reason}`);
  t.end();
});

t.test('samples in TypeScript are free of type errors, and one that is not would be found', (t) => {
  const wrong = samplesIn(
    'wrong.md',
    "Text\n```ts\nimport { request } from 'readystream';\nrequest(1);\n```\n",
  );
  const [error = '', ...more] = typeErrors([...wrong, ...samples], root);
  t.match(error, /^wrong\.md:4 Argument of type 'number'/);
  t.same(more, []);
  t.end();
});

t.test('modules print what they say', async (t) => {
  const shop = await open(t);
  const modules = toRun.filter(isModule);
  const { folder, remove } = await transpileSamples(
    new Map(modules.map((sample) => [nameOf(sample), sample.code.replaceAll(shopOrigin, shop.origin)])),
  );
  t.teardown(remove);
  const program = projectFile('out/spec/docs/runModules.js');
  const paths = modules.map((sample) => join(folder, `${nameOf(sample)}.js`));
  const { stdout, stderr } = await runProgram(process.execPath, [program, ...paths], { cwd: root });
  t.equal(stderr, '', 'without a warning');
  const parts = stdout.replaceAll(shop.origin, shopOrigin).split('\0');
  for (const [index, sample] of modules.entries()) {
    const [printed = '', failure = 'it was not run'] = parts.slice(index * 2);
    const place = `${sample.file}:${sample.line}`;
    t.equal(failure, '', `${place} runs to its end`);
    const expected = expectedOutput(sample.code);
    if (expected !== undefined)
      t.ok(isExpected(printed, expected), `${place} prints what it says`, { printed, expected });
  }
});

t.test('commands do what they say', async (t) => {
  const shop = await open(t);
  const command = projectFile('out/source/cli.js');
  const folder = t.testdir({ readystream: `#!/bin/sh\nexec '${process.execPath}' '${command}' "$@"\n` });
  chmodSync(join(folder, 'readystream'), 0o755);
  for (const sample of toRun.filter((sample) => !isModule(sample))) {
    await t.test(`${sample.file}:${sample.line}`, async (t) => {
      for (const command of commandsOf(sample)) await checkCommand(t, command, folder, shop);
    });
  }
});

async function open(t: Test): Promise<Shop> {
  const shop = await openShop();
  t.teardown(() => shop.close());
  return shop;
}

async function checkCommand(t: Test, command: Command, folder: string, shop: Shop): Promise<void> {
  const { line, output, exitCode } = command;
  if (/^(?:git|cd) /.test(line)) return;
  if (line.startsWith('np') && !line.startsWith('npx readystream ')) {
    t.ok(isNpmCommand(line), line);
    return;
  }
  const script = `set -o pipefail\n${line.replace(/^npx /, '').replaceAll(shopOrigin, shop.origin)}`;
  const outcome = await runProgram('bash', ['-c', script], { cwd: `${root}spec/docs`, path: folder });
  const printed = (outcome.stdout + outcome.stderr).replaceAll(shop.origin, shopOrigin);
  t.equal(outcome.exitCode, exitCode, line, { printed });
  if (output === undefined) return;
  const wanted = output.trimEnd();
  if (wanted.endsWith('…'))
    t.ok(printed.startsWith(wanted.slice(0, -1).trimEnd()), 'prints what it says', { printed, wanted });
  else t.equal(printed.trimEnd(), wanted, 'prints what it says');
}

/** Whether npm knows what the line runs: a script of the package, or the names of packages that belong together. */
function isNpmCommand(line: string): boolean {
  const { scripts, name, peerDependencies, devDependencies } = JSON.parse(
    readFileSync(`${root}package.json`, 'utf8'),
  ) as Record<string, Record<string, string>> & { name: string };
  return line.split(' && ').every((part) => {
    const [program = '', verb = '', ...rest] = part.trim().split(' ');
    if (program === 'npx') return verb in { ...devDependencies, tsc: '' };
    if (verb === 'install') return rest.every((one) => one === name || one in (peerDependencies ?? {}));
    if (verb === 'run') return (rest[0] ?? '') in (scripts ?? {});
    return verb === 'ci' || verb in (scripts ?? {});
  });
}

function isModule({ language }: Sample): boolean {
  return language === 'ts' || language === 'js';
}

/** The file that a sample is run from, without its extension: what its first line says, so that others may load it, or its place. */
function nameOf({ file, line, code }: Sample): string {
  return /^\/\/ (\w+)\.js\n/.exec(code)?.[1] ?? `${file.replaceAll(/\W/g, '_')}_${line}`;
}
