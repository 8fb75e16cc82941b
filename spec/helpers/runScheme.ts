import { type ReadystreamError } from '../../source/errors/ReadystreamError.js';
import {
  type SchemeHandler,
  type SchemeRequest,
  type SchemeResponse,
  type SchemeSink,
} from '../../source/node/schemes/SchemeHandler.js';
import { defaultLimits } from '../../source/options/limits.js';

/** What a scheme reported. */
export interface SchemeRecording {
  /** The calls in their order, the same ones in a row told once: `'connecting connected head data end'`; `received` is left out. */
  readonly calls: string;
  readonly head: SchemeResponse | undefined;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer;
  /** The sizes of the chunks. */
  readonly chunks: readonly number[];
  readonly received: number;
  readonly sent: readonly number[];
  readonly error: ReadystreamError | undefined;
}

/** A request that is under way. */
export interface SchemeRun {
  readonly abort: () => void;
  /** What has been reported so far. */
  readonly now: () => SchemeRecording;
  /** What was reported in all, when it has ended or failed; an abort does not settle it. */
  readonly ended: Promise<SchemeRecording>;
}

/**
 * Runs a scheme's handler without an adapter, and records.
 *
 * @param watch - called after every report, with its name; it may abort.
 */
export function runScheme(
  handler: SchemeHandler,
  url: string,
  request: Partial<SchemeRequest> = {},
  watch: (call: keyof SchemeSink, run: SchemeRun) => void = () => undefined,
): SchemeRun {
  const calls: string[] = [];
  const chunks: Uint8Array[] = [];
  const sent: number[] = [];
  let received = 0;
  let head: SchemeResponse | undefined;
  let error: ReadystreamError | undefined;
  let settle: (recording: SchemeRecording) => void;
  const now = (): SchemeRecording => {
    const fields = head?.headers ?? [];
    return {
      calls: calls.filter((call, index) => call !== calls[index - 1]).join(' '),
      head,
      headers: Object.fromEntries(
        fields.flatMap((name, index) => (index % 2 === 0 ? [[name, fields[index + 1] ?? '']] : [])),
      ),
      body: Buffer.concat(chunks),
      chunks: chunks.map(({ byteLength }) => byteLength),
      received,
      sent,
      error,
    };
  };
  const tell = (call: keyof SchemeSink): void => {
    if (call !== 'received') calls.push(call);
    watch(call, run);
    if (call === 'end' || call === 'error') settle(now());
  };
  const run: SchemeRun = {
    abort: () => {
      if (typeof exchange === 'function') exchange();
      else exchange.abort();
    },
    now,
    ended: new Promise((resolve) => {
      settle = resolve;
    }),
  };
  const exchange = handler(
    {
      method: 'GET',
      url,
      repeatable: true,
      headers: [],
      body: undefined,
      limits: defaultLimits,
      ...request,
    },
    {
      connecting: () => {
        tell('connecting');
      },
      connected: () => {
        tell('connected');
      },
      sent: (loaded) => {
        sent.push(loaded);
        tell('sent');
      },
      head: (response) => {
        head = response;
        tell('head');
      },
      received: (byteLength) => {
        received += byteLength;
        tell('received');
      },
      data: (chunk) => {
        chunks.push(chunk);
        tell('data');
      },
      end: () => {
        tell('end');
      },
      error: (reason) => {
        error = reason;
        tell('error');
      },
    },
  );
  return run;
}
