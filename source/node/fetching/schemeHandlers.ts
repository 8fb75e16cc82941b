import { checkOneOf } from '../../options/checks.js';
import { blob } from '../schemes/blob.js';
import { data } from '../schemes/data.js';
import { file } from '../schemes/file.js';
import { ftp, ftpWith } from '../schemes/ftp.js';
import { http } from '../schemes/http.js';
import {
  type Connector,
  dispatcherConnections,
  httpConnections,
  sharedConnections,
} from '../schemes/HttpConnections.js';
import { type SchemeHandler } from '../schemes/SchemeHandler.js';
import { type HttpDispatcher } from '../schemes/HttpDispatcher.js';

/** What has to be asked for by name. */
export const optionalSchemes: readonly string[] = ['file', 'ftp', 'ftps'];

/** A scheme beside those that are always there: by its name, or by a name and a handler of the caller's. */
export type SchemeOption = 'file' | 'ftp' | 'ftps' | readonly [scheme: string, handler: SchemeHandler];

/** What requests are carried by. */
export interface TransportOptions {
  /** What carries http and https. @defaultValue a keep-alive pool that all share */
  readonly dispatcher?: HttpDispatcher | undefined;
  /** Refuses connections, in a pool of its own; not together with a dispatcher. @defaultValue none */
  readonly guard?: Connector | undefined;
  /** @defaultValue none */
  readonly schemes?: readonly SchemeOption[] | undefined;
}

/**
 * The handlers by their schemes, in lower case: the one place that chooses them, and the connections that they use.
 *
 * @param what - what an error calls the name of a scheme.
 * @throws TypeError where an option is none.
 */
export function schemeHandlers(
  { dispatcher, guard, schemes = [] }: TransportOptions,
  what = 'scheme',
): ReadonlyMap<string, SchemeHandler> {
  if (dispatcher !== undefined && guard !== undefined) {
    throw new TypeError(
      'Give either dispatcher or guard; a guard goes into an agent as `new Agent({ connect: guard })`',
    );
  }
  if (!Array.isArray(schemes)) {
    throw new TypeError("The option schemes must be an array, such as ['file', ['echo', handler]]");
  }
  const connections =
    dispatcher !== undefined
      ? dispatcherConnections(dispatcher)
      : guard !== undefined
        ? httpConnections(guard)
        : sharedConnections();
  const handlers = new Map<string, SchemeHandler>([
    ['http', http(connections)],
    ['https', http(connections)],
    ['data', data],
    ['blob', blob],
  ]);
  const guardedFtp = guard === undefined ? ftp : ftpWith({ guard });
  for (const option of schemes as readonly SchemeOption[]) {
    const [name, handler] = typeof option === 'string' ? [option] : option;
    const scheme = name.toLowerCase();
    if (handler === undefined) checkOneOf(what, scheme, optionalSchemes);
    handlers.set(scheme, handler ?? (scheme === 'file' ? file : guardedFtp));
  }
  return handlers;
}
