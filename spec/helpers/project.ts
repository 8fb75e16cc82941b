import { fileURLToPath } from 'node:url';

/** A file of the project, by its path from the root. What runs lies in `out/spec/`, beside other outputs only. */
export function projectFile(path: string): string {
  return fileURLToPath(new URL(`../../../${path}`, import.meta.url));
}

/** The URL of a source as it is transpiled, for programs in processes of their own: `xmlhttprequest.js`, say. */
export function sourceUrl(path: string): string {
  return new URL(`../../source/${path}`, import.meta.url).href;
}
