import { lastValueFrom, toArray } from 'rxjs';
import { fetchAdapter } from '../../source/adapters/fetch.js';
import { xhrAdapter } from '../../source/adapters/xhr.js';
import { type Adapter } from '../../source/request/Adapter.js';
import { HeaderMap } from '../../source/request/HeaderMap.js';
import { type NormalizedRequest } from '../../source/request/NormalizedRequest.js';
import { type ReadyStateEvent } from '../../source/request/ReadyStateEvent.js';
import { adapterContracts } from '../conformance/adapters.js';
import { type Capabilities } from '../conformance/adapters/Subject.js';
import { requestOf } from '../helpers/requestOf.js';

const xhrCan: Capabilities = {
  manualRedirect: false,
  redirectError: false,
  seesRedirects: false,
  maxRedirects: false,
  connectTimeout: false,
  streamBodies: false,
  uploadProgress: true,
  longHeaders: true,
  transferredOfCompressed: false,
  refusedPhases: ['headers'],
  decompressionRatio: false,
  headAlone: false,
  oneChunk: true,
};
const fetchCan: Capabilities = {
  ...xhrCan,
  redirectError: true,
  // Chromium sends streams over HTTP/2 only, and the test server speaks HTTP/1.1.
  streamBodies: 'network error',
  uploadProgress: false,
  headAlone: true,
  oneChunk: false,
};

/** The adapters' contracts over the browser's own XMLHttpRequest and fetch, and what only a browser does. */
export function adapterCases(): Record<string, () => Promise<void>> {
  const cases: Record<string, () => Promise<void>> = {};
  const subjects = {
    xhr: { adapter: xhrAdapter(), can: xhrCan },
    fetch: { adapter: fetchAdapter(), can: fetchCan },
  };
  for (const [name, subject] of Object.entries(subjects)) {
    for (const contract of adapterContracts) {
      cases[`${name}: ${contract.name}`] = () => contract.run({ ...subject, origin: location.origin });
    }
  }
  for (const mark of ['none', 'utf-8', 'utf-16le', 'utf-16be']) {
    for (const text of ['<a/>', 'é€😀', '\uF780\uF7FF', 'a\uF7FF', '']) {
      for (const how of ['', '&gzip', '&pieces', '&pieces=paced']) {
        const escaped = encodeURI(text);
        cases[`xhr: hands over '${escaped}' behind the mark ${mark} (${how.slice(1) || 'whole'})`] =
          async () => {
            const id = `marked-${mark}-${text}-${how}`;
            const query = new URLSearchParams({ mark, text, id }).toString() + how;
            const events = await eventsOf(pacingAdapter(id), `/marked?${query}`);
            expect(events.at(-1)?.readyState, 4);
            const decodedAs = mark === 'none' ? undefined : 'utf-8';
            expect(new TextDecoder('utf-8', { ignoreBOM: true }).decode(bodyOf(events)), text);
            for (const event of events) {
              if (event.readyState > 2 && 'response' in event) expect(event.response.decodedAs, decodedAs);
            }
          };
      }
    }
  }
  cases['xhr: hands over bytes that only begin like a mark'] = async () => {
    for (const start of [
      [0xef],
      [0xef, 0xbb],
      [0xff],
      [0xfe],
      [0xef, 0xbb, 0x41],
      [0xff, 0x41],
      [0xfe, 0x41, 0xff],
    ]) {
      const events = await eventsOf(xhrAdapter(), `/binary?bytes=${start.join()}`);
      expect([...bodyOf(events)], start);
    }
  };
  cases['xhr: watches a cross-origin upload only where there is a CORS preflight anyway'] = async () => {
    for (const [contentType, requests] of [
      ['text/plain', 1],
      ['application/json', 2],
    ] as const) {
      const url = new URL(`/cors?id=${contentType}`, location.href);
      url.hostname = 'localhost';
      const headers = new HeaderMap(['Content-Type', contentType]);
      const events$ = xhrAdapter()(requestOf(url, { method: 'POST', body: '{}', headers }));
      const events = await lastValueFrom(events$.pipe(toArray()));
      expect(
        events.some((event) => event.readyState === 1 && event.upload !== undefined),
        requests === 2,
      );
      const log = (await (await fetch(`/log?id=${contentType}`)).json()) as { requests: number };
      expect(log.requests, requests);
    }
  };
  for (const [name, adapter] of Object.entries({ xhr: xhrAdapter(), fetch: fetchAdapter() })) {
    cases[`${name}: reads 100 MB exactly`] = async () => {
      let position = 0;
      await new Promise<void>((resolve, reject) => {
        adapter(requestOf(new URL('/flood?megabytes=100', location.href))).subscribe({
          next: (event) => {
            if (event.readyState !== 3) return;
            const { chunk } = event;
            if (chunk[0] !== (position & 0xff) || chunk.at(-1) !== ((position + chunk.length - 1) & 0xff)) {
              reject(new Error(`wrong bytes at ${position}`));
            }
            position += chunk.length;
          },
          error: reject,
          complete: resolve,
        });
      });
      expect(position, 100 * 2 ** 20);
    };
    cases[`${name}: refuses a header field that the browser keeps to itself`] = async () => {
      const headers = new HeaderMap(['Cookie', 'a=1']);
      const error: unknown = await eventsOf(adapter, '/bytes', { headers }).catch((error: unknown) => error);
      expect(error instanceof TypeError && error.message.includes('the header cookie'), true);
    };
  }
  return cases;
}

/** Has a body that is paced go on whenever the browser has told of some of it. */
function pacingAdapter(id: string): Adapter {
  class Pacing extends XMLHttpRequest {
    constructor() {
      super();
      this.addEventListener(
        'progress',
        () => void fetch(`/release?${new URLSearchParams({ id }).toString()}`),
      );
    }
  }
  return xhrAdapter({ XMLHttpRequest: Pacing });
}

function eventsOf(
  adapter: Adapter,
  target: string,
  changes?: Partial<NormalizedRequest>,
): Promise<ReadyStateEvent[]> {
  return lastValueFrom(adapter(requestOf(new URL(target, location.href), changes)).pipe(toArray()));
}

function bodyOf(events: readonly ReadyStateEvent[]): Uint8Array<ArrayBuffer> {
  const bytes = events.flatMap((event) => (event.readyState === 3 ? [...event.chunk] : []));
  return Uint8Array.from(bytes);
}

function expect(actual: unknown, expected: unknown): void {
  const [seen, wanted] = [JSON.stringify(actual), JSON.stringify(expected)];
  if (seen !== wanted) throw new Error(`expected ${wanted}, got ${seen}`);
}
