/** Which file of an archive is read: by its name, a pattern for it, or a function; `undefined` is the first. */
export type EntryChoice = string | RegExp | ((name: string) => boolean) | undefined;

/** Makes a function of it. */
export function chooser(entry: EntryChoice): (name: string) => boolean {
  if (entry === undefined) return () => true;
  if (typeof entry === 'function') return entry;
  return (name) => (typeof entry === 'string' ? name === entry : name.search(entry) >= 0);
}

/** What it looks for, in words. */
export function describeEntry(entry: EntryChoice): string {
  if (typeof entry === 'string') return `file ${JSON.stringify(entry)}`;
  return entry instanceof RegExp ? `file that matches ${String(entry)}` : 'file that is wanted';
}
