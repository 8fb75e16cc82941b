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

/** The schemes that must be enabled by name. */
export const optionalSchemes: readonly string[] = ['file', 'ftp', 'ftps'];

/** A scheme besides the built-in ones: a name, or a name and the caller's handler. */
export type SchemeOption = 'file' | 'ftp' | 'ftps' | readonly [scheme: string, handler: SchemeHandler];

/** The options for the transport of requests. */
export interface TransportOptions {
  /** The dispatcher for http and https. @defaultValue a keep-alive pool that all clients share */
  readonly dispatcher?: HttpDispatcher | undefined;
  /** Refuses connections, in its own pool; cannot be combined with a dispatcher. @defaultValue none */
  readonly guard?: Connector | undefined;
  /** @defaultValue none */
  readonly schemes?: readonly SchemeOption[] | undefined;
}

/**
 * Returns the handlers by their schemes, in lower case: the one place that chooses them and their connections.
 *
 * @param what - the word for a scheme's name in errors.
 * @throws TypeError for an invalid option.
 */
export function schemeHandlers(
  { dispatcher, guard, schemes = [] }: TransportOptions,
  what = 'scheme',
): ReadonlyMap<string, SchemeHandler> {
  if (dispatcher !== undefined && guard !== undefined) {
    throw new TypeError(
      'Use either dispatcher or guard; to use both, pass the guard to the agent: `new Agent({ connect: guard })`',
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
