import { type HttpConnections } from './HttpConnections.js';
import { HttpExchange } from './HttpExchange.js';
import { type SchemeHandler } from './SchemeHandler.js';

/** Handles `http:` and `https:` over undici, and decodes content codings. */
export function http(connections: HttpConnections): SchemeHandler {
  return (request, sink) => {
    const exchange = new HttpExchange(request, sink, connections);
    exchange.start();
    return exchange;
  };
}
