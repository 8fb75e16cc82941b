import { type Adapter } from '../request/Adapter.js';
import { fetchAdapter } from './fetch.js';
import { xhrAdapter } from './xhr.js';

/** The portable default: native `XMLHttpRequest` if it exists (upload progress, all browsers), else `fetch`. */
export function selectAdapter(): Adapter {
  return typeof globalThis.XMLHttpRequest === 'function' ? xhrAdapter() : fetchAdapter();
}
