import { SHARE_ENV } from 'node:worker_threads';
import t from 'tap';
import { inheritedOptions } from '../../../source/node/xmlhttprequest/sync/inheritedOptions.js';

t.test('the thread inherits the options of Node', (t) => {
  for (const execArgv of [[], ['--import', 'hook'], ['-e', 'program'], ['--expose-gc', '--title=a']]) {
    t.same(inheritedOptions(execArgv, { NODE_OPTIONS: '--require a' }), { env: SHARE_ENV });
  }
  t.end();
});

t.test('with --input-type, it gets the options that matter to it', (t) => {
  const execArgv = [
    '-e',
    'program',
    '--import',
    '--odd',
    '--import=b',
    '--expose-gc',
    '-C',
    'c',
    '--title',
    'd',
  ];
  const kept = ['--import', '--odd', '--import=b', '-C', 'c'];
  t.same(inheritedOptions(['--input-type=module', ...execArgv], {}), { execArgv: kept, env: SHARE_ENV });
  t.same(inheritedOptions([...execArgv, '--input-type', 'module'], {}), { execArgv: kept, env: SHARE_ENV });
  t.same(
    inheritedOptions(execArgv, { A: 'a', NODE_OPTIONS: '--title=a  --input-type=module -r b --no-warnings' }),
    { execArgv: kept, env: { A: 'a', NODE_OPTIONS: '"-r" "b" "--no-warnings"' } },
  );
  t.end();
});

t.test('NODE_OPTIONS is read with its quotes and escapes', (t) => {
  const NODE_OPTIONS = String.raw`"--input-type=module" --require "a b\"\\c.cjs" --import="d e" -r \f`;
  t.same(inheritedOptions([], { NODE_OPTIONS }), {
    execArgv: [],
    env: { NODE_OPTIONS: String.raw`"--require" "a b\"\\c.cjs" "--import=d e" "-r" "\\f"` },
  });
  t.end();
});
