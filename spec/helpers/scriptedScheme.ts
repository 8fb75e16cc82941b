import { type ReadystreamError } from '../../source/errors/ReadystreamError.js';
import { type SchemeHandler, type SchemeSink } from '../../source/node/schemes/SchemeHandler.js';

/** What a request of a {@link scriptedScheme} is answered with, in one go. */
export interface Script {
  readonly status?: number;
  /** Names in lower case and values in turn. */
  readonly headers?: readonly string[];
  /** Pieces of the body; an error breaks it off. */
  readonly pieces?: readonly (string | Uint8Array<ArrayBuffer> | ReadystreamError)[];
}

/** A scheme that answers by a script: what a network cuts and delays as it likes comes in these very pieces, in one tick. */
export function scriptedScheme(scriptOf: (url: string) => Script): SchemeHandler {
  return ({ url, body }, sink) => {
    let isAborted = false;
    setImmediate(() => {
      if (!isAborted && body?.length !== undefined) sink.sent(body.length);
      if (!isAborted) play(url, scriptOf(url), sink, () => isAborted);
    });
    return () => {
      isAborted = true;
    };
  };
}

function play(
  url: string,
  { status = 200, headers = [], pieces = [] }: Script,
  sink: SchemeSink,
  isAborted: () => boolean,
): void {
  sink.head({ url, status, statusText: 'As Scripted', headers, redirects: [], total: undefined });
  for (const piece of pieces) {
    if (isAborted()) return;
    if (piece instanceof Error) {
      sink.error(piece);
      return;
    }
    sink.data(typeof piece === 'string' ? new Uint8Array(Buffer.from(piece)) : piece);
  }
  if (!isAborted()) sink.end([]);
}
