import { ESLint } from 'eslint';
import regexp from 'eslint-plugin-regexp';
import t from 'tap';
import tseslint from 'typescript-eslint';
import { projectFile } from '../helpers/project.js';

/** Comments cannot turn these rules off here. */
const eslint = new ESLint({
  cwd: projectFile(''),
  allowInlineConfig: false,
  overrideConfigFile: true,
  overrideConfig: {
    files: ['**/*.ts'],
    languageOptions: { parser: tseslint.parser },
    plugins: { regexp },
    rules: {
      'regexp/no-super-linear-backtracking': ['error', { report: 'potential' }],
      'regexp/no-super-linear-move': ['error', { report: 'potential' }],
    },
  },
});

function faultsOf(results: readonly ESLint.LintResult[]): readonly string[] {
  return results.flatMap(({ filePath, messages }) =>
    messages.map(({ line, message }) => `${filePath}:${line}: ${message}`),
  );
}

t.test('every pattern takes time in proportion to its text', async (t) => {
  const results = await eslint.lintFiles('source/**/*.ts');
  t.ok(results.length > 100, 'the sources are read');
  t.same(faultsOf(results), []);
});

t.test('a pattern that does not is found', async (t) => {
  const faults = {
    'white space at the end': '/[ \\t]+$/',
    'white space around': '/^\\s*(.*?)\\s*$/s',
    'nested quantifiers': '/^(?:a+)+$/',
    'neighbours that take the same': '/^[^@]*:?[^@]*@/',
    'made from text': "new RegExp('[ ]+$')",
  };
  for (const [name, pattern] of Object.entries(faults)) {
    const results = await eslint.lintText(`export const pattern = ${pattern};`, {
      filePath: projectFile('source/pattern.ts'),
    });
    t.not(faultsOf(results).length, 0, name);
  }
});
