import { type Implementation } from './Implementation.js';

/** The names that `--impl` takes. */
export const implementationNames = ['readystream', 'jsdom', 'xhr2'] as const;

export type ImplementationName = (typeof implementationNames)[number];

/**
 * Loads one of them and no other.
 *
 * @param entry The URL of the module that has our class.
 */
export async function loadImplementation(name: ImplementationName, entry: string): Promise<Implementation> {
  switch (name) {
    case 'readystream':
      return (await import('./readystream.js')).readystream(entry);
    case 'jsdom':
      return (await import('./jsdom.js')).jsdom;
    case 'xhr2':
      return (await import('./xhr2.js')).xhr2;
  }
}
