import { type Implementation } from './Implementation.js';

/** jsdom's own, in windows as it makes them. */
export const jsdom: Implementation = {
  hasOwnWindow: true,
  install: () => undefined,
};
