import { type ReadystreamError } from '../../source/errors/ReadystreamError.js';
import { fetch } from '../../source/node/fetching/fetch.js';
import { type FetchClient } from '../../source/node/fetching/FetchClient.js';
import {
  type FetchRequest,
  type FetchResponse,
  type FetchSink,
} from '../../source/node/fetching/fetchContract.js';

/** What came of a fetch. */
export interface FetchOutcome {
  /** The reports by name, in their order, repetitions told once. */
  readonly reports: readonly string[];
  readonly sent: readonly number[];
  readonly response: FetchResponse | undefined;
  readonly text: string;
  readonly error: ReadystreamError | undefined;
}

/** A request with what is not given filled in. */
export function fetchRequestOf(url: string, request: Partial<FetchRequest> = {}): FetchRequest {
  return {
    method: 'GET',
    url: new URL(url).href,
    headers: [],
    body: undefined,
    useCorsPreflight: false,
    includeCredentials: false,
    ...request,
  };
}

/**
 * Fetches and waits for the end.
 *
 * @param onReport - is called at every report with its name and how to terminate; after a termination there is no end.
 */
export function runFetch(
  client: FetchClient,
  url: string,
  request: Partial<FetchRequest> = {},
  onReport: (name: keyof FetchSink, terminate: () => void) => void = () => undefined,
): Promise<FetchOutcome> {
  return new Promise((resolve, reject) => {
    const reports: string[] = [];
    const sent: number[] = [];
    const chunks: Uint8Array[] = [];
    let response: FetchResponse | undefined;
    let hasReturned = false;
    const told = (name: keyof FetchSink): void => {
      if (!hasReturned) {
        reject(new Error(`${name} was reported before fetch had returned`));
        return;
      }
      if (reports.at(-1) !== name) reports.push(name);
      onReport(name, terminate);
    };
    const end = (error?: ReadystreamError): void => {
      resolve({ reports, sent, response, text: Buffer.concat(chunks).toString(), error });
    };
    const terminate = fetch(fetchRequestOf(url, request), client, {
      requestBodySent(loaded) {
        sent.push(loaded);
        told('requestBodySent');
      },
      requestEndOfBody() {
        told('requestEndOfBody');
      },
      response(head) {
        response = head;
        told('response');
      },
      bodyChunk(bytes) {
        chunks.push(bytes);
        told('bodyChunk');
      },
      endOfBody() {
        told('endOfBody');
        end();
      },
      failed(error) {
        told('failed');
        end(error);
      },
    });
    hasReturned = true;
  });
}

/** For a fetch that must report nothing, except of its connections: a sink, and the names of the reports that come anyway. */
export function silentSink(): { readonly sink: FetchSink; readonly reported: readonly string[] } {
  const reported: string[] = [];
  const ofConnections = /^(?:connecting|queued|connected)$/;
  const sink = new Proxy({} as FetchSink, {
    get: (_, name) => () => !ofConnections.test(String(name)) && reported.push(String(name)),
  });
  return { sink, reported };
}
