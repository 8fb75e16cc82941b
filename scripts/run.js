/**
 * Runs a program or a spec of this project, after transpiling what has changed: `node scripts/run.js bench/run.ts --quick`.
 * Stack traces name the sources where Node is given `--enable-source-maps`.
 */
import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { outputOf, transpile } from './transpile.js';

await transpile();
// In seconds, for a spec: more than tap's own 30, for a machine that does much else.
process.env.TAP_TIMEOUT ??= '180';
// The program finds itself, and its arguments, where they always are.
process.argv.splice(1, 2, outputOf(resolve(process.argv[2] ?? '')));
await import(pathToFileURL(process.argv[1]).href);
