const names = [
  'ArrayBuffer',
  'SharedArrayBuffer',
  'DataView',
  'Int8Array',
  'Uint8Array',
  'Uint8ClampedArray',
  'Int16Array',
  'Uint16Array',
  'Int32Array',
  'Uint32Array',
  'Float32Array',
  'Float64Array',
  'BigInt64Array',
  'BigUint64Array',
] as const;

/**
 * Gives a window Node's buffers: its scripts run in a context with intrinsics of its own, while an implementation from
 * Node makes Node's, and tests compare constructors.
 */
export function shareIntrinsics(window: object): void {
  for (const name of names) {
    Object.defineProperty(window, name, { configurable: true, writable: true, value: globalThis[name] });
  }
}
