/** Preloaded where `npx tap` runs a spec: transpiles what has changed, and runs `out/spec/a.spec.js` for `spec/a.spec.ts`. */
import { register } from 'node:module';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { isMainThread } from 'node:worker_threads';
import { outputOf, transpile } from './transpile.js';

/** A hook of Node's loader, in a thread of its own: the output of the source that the process is started with. */
export function resolve(specifier, context, next) {
  const isEntry = context.parentURL === undefined && /^file:.*\.ts$/.test(specifier);
  return next(isEntry ? pathToFileURL(outputOf(fileURLToPath(specifier))).href : specifier, context);
}

if (isMainThread) {
  await transpile();
  register(import.meta.url);
  // Set by .taprc for this process alone, to keep the compiler from being loaded.
  delete process.env.TAP_TYPE_STRIP_ONLY;
}
