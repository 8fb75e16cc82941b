import { createRequire } from 'node:module';
import type * as tusClient from 'tus-js-client';

/** [tus-js-client](https://github.com/tus/tus-js-client)'s module for browsers, which asks the global class. */
export function loadTus(): typeof tusClient {
  return createRequire(import.meta.url)('tus-js-client/lib.es5/browser/index.js') as typeof tusClient;
}
