import { nodeAdapter } from '../../source/adapters/node.js';
import { makeFetchClient } from '../../source/node/fetching/makeFetchClient.js';
import { type HttpDispatcher } from '../../source/node/schemes/HttpDispatcher.js';
import { normalizeRequest } from '../../source/request/normalizeRequest.js';
import { type RequestOptions } from '../../source/request/RequestOptions.js';
import { encodeBody } from '../../source/body/encodeBody.js';
import { record } from './record.js';
import { runFetch } from './runFetch.js';

/** What came of a request over Node's transport. */
export interface Outcome {
  readonly status: number | undefined;
  readonly statusText: string | undefined;
  readonly text: string;
  readonly error: unknown;
}

export type Ask = (
  url: string,
  options?: Pick<RequestOptions, 'method' | 'body' | 'headers'>,
) => Promise<Outcome>;

/** Both users of Node's transport: the adapter, and the engine of the `XMLHttpRequest` class. */
export function nodeWays(dispatcher?: HttpDispatcher): Readonly<Record<'adapter' | 'class', Ask>> {
  const adapter = nodeAdapter(dispatcher === undefined ? {} : { dispatcher });
  const client = makeFetchClient({ dispatcher });
  return {
    adapter: async (url, options) => {
      const { response, text, error } = await record(adapter(normalizeRequest(url, options)));
      return { status: response?.status, statusText: response?.statusText, text, error };
    },
    class: async (url, { method = 'GET', body, headers } = {}) => {
      const { response, text, error } = await runFetch(client, url, {
        method,
        headers: Object.entries((headers ?? {}) as Record<string, string>).flat(),
        body: body === undefined || body === null ? undefined : encodeBody(body),
      });
      return { status: response?.status, statusText: response?.statusText, text, error };
    },
  };
}
