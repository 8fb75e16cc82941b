import { FileReader } from './FileReader.js';

/** What can be sent, what is received, and what events are made of. */
const names = ['Blob', 'File', 'FormData', 'URLSearchParams', 'ReadableStream', 'Event'] as const;

/**
 * Gives a window Node's classes in place of jsdom's, for implementations that know no others. jsdom goes on dispatching events of
 * its own, whatever `Event` is for the page's scripts.
 */
export function useNodeTypes(window: object): void {
  for (const name of names) define(window, name, globalThis[name]);
  define(window, 'FileReader', FileReader);
}

function define(window: object, name: string, value: unknown): void {
  Object.defineProperty(window, name, { configurable: true, writable: true, value });
}
