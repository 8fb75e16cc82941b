import { type HttpConnections } from './HttpConnections.js';
import { HttpExchange } from './HttpExchange.js';
import { type SchemeHandler } from './SchemeHandler.js';

/** `http:` and `https:` over undici, with redirects followed and content codings undone. */
export function http(connections: HttpConnections): SchemeHandler {
  return (request, sink) => {
    const exchange = new HttpExchange(request, sink, connections);
    exchange.start();
    return exchange;
  };
}
