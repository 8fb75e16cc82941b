/** Gives a window what the suite takes for granted and jsdom has not. */
export function addMissingGlobals(window: object, url: URL): void {
  Object.assign(window, {
    // Some tests read their data by it.
    fetch: (path: string, init?: RequestInit) => fetch(new URL(path, url), init),
    // A name that a test mentions: without it all its subtests die, not only the one that is about `document.all`.
    HTMLAllCollection: Object,
  });
}
