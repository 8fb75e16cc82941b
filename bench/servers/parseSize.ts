/** The `size` of a request's query: how much of it the client asked for. */
export function parseSize(path: string | undefined): number {
  const size = Number(new URL(path ?? '/', 'http://127.0.0.1').searchParams.get('size'));
  if (!Number.isSafeInteger(size) || size < 1) {
    throw new RangeError(`${String(path)} must ask for a size of 1 or more`);
  }
  return size;
}
