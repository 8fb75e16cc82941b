/** The parts of a URL that a request is dispatched by. */
export interface HttpTarget {
  readonly origin: string;
  readonly path: string;
}

/** An http(s) URL in which there is nothing that parsing it again would change: a name or four plain numbers for a host, no dots to resolve. */
const plain =
  /^(https?:\/\/(?:(?:(?:0|[1-9]\d{0,2})\.){3}(?:0|[1-9]\d{0,2})|(?:[a-z\d-]+\.)*[a-z][a-z\d-]*)(?::\d+)?)(\/(?!\.|.*(?:\/\.|%2[eE]))[-\w.~!$&()*+,;=:@%/?]*)(?:#|$)/;

/**
 * Takes a URL apart, as the standard serialises it: an empty query keeps its question mark. The URL parser is asked only
 * where the text may not be what it would give.
 */
export function splitHttpUrl(url: string): HttpTarget {
  const [, origin, path] = plain.exec(url) ?? [];
  if (origin !== undefined && path !== undefined) return { origin, path };
  const parsed = new URL(url);
  parsed.username = parsed.password = parsed.hash = '';
  return { origin: parsed.origin, path: parsed.href.slice(parsed.origin.length) };
}
