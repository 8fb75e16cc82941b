import { defineConfig, globalIgnores } from 'eslint/config';
import regexp from 'eslint-plugin-regexp';
import tseslint from 'typescript-eslint';

export default defineConfig(
  globalIgnores(['dist', 'out', 'docs/api', '.tap']),
  {
    files: ['**/*.ts'],
    extends: [tseslint.configs.strictTypeChecked, tseslint.configs.stylisticTypeChecked],
    languageOptions: { parserOptions: { projectService: true } },
    linterOptions: { reportUnusedDisableDirectives: 'error' },
    rules: {
      '@typescript-eslint/consistent-type-imports': ['error', { fixStyle: 'inline-type-imports' }],
      '@typescript-eslint/switch-exhaustiveness-check': 'error',
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
    },
  },
  {
    // Time is linear in what a server sends, or a caller gives: patterns included.
    files: ['source/**'],
    plugins: { regexp },
    rules: {
      'regexp/no-super-linear-backtracking': ['error', { report: 'potential' }],
      'regexp/no-super-linear-move': ['error', { report: 'potential' }],
    },
  },
  {
    // What loops over bytes reads typed arrays at places that it has checked.
    files: [
      'source/parsing/xml/{scanner,records}/**',
      'source/parsing/encoding/{bufferDecoding,decodeRange,utf8}.ts',
    ],
    rules: { '@typescript-eslint/no-non-null-assertion': 'off' },
  },
  {
    files: ['spec/**', 'bench/**'],
    rules: {
      '@typescript-eslint/no-floating-promises': 'off',
      'no-restricted-properties': [
        'error',
        {
          object: 'fc',
          property: 'assert',
          message: 'holds() of spec/helpers/property.ts has a fixed seed.',
        },
      ],
    },
  },
);
