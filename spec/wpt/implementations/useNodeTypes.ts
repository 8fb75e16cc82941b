const names = ['Blob', 'File', 'FormData', 'URLSearchParams', 'ReadableStream'] as const;

/** Gives a window Node's classes of what can be sent, for implementations that know no others. */
export function useNodeTypes(window: object): void {
  for (const name of names) {
    Object.defineProperty(window, name, { configurable: true, writable: true, value: globalThis[name] });
  }
}
