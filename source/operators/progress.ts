import { filter, map, type OperatorFunction, pipe } from 'rxjs';
import { type Progress, type ReadyStateEvent } from '../request/ReadyStateEvent.js';

/** How far a request has come, and whether it is sending or receiving. */
export interface TransferProgress extends Progress {
  /** Whether the request's body is being sent, or the response's received. */
  readonly phase: 'upload' | 'download';
}

/**
 * Emits how far the request has come: each time more of its body was sent or more of the response arrived, and once at DONE.
 * The fraction is `transferred / total`, if both are known: `total` counts bytes on the wire, `loaded` decoded ones.
 *
 * @example
 * ```ts
 * import { progress, request } from 'readystream';
 *
 * request('data:,Hello').pipe(progress()).subscribe(({ phase, loaded }) => console.log(phase, loaded)); // download 5, then download 5
 * ```
 */
export function progress(): OperatorFunction<ReadyStateEvent, TransferProgress> {
  return pipe(
    map((event): TransferProgress | undefined => {
      if (event.readyState === 2) return undefined;
      if (event.readyState === 1) return event.upload && { phase: 'upload', ...event.upload };
      return { phase: 'download', ...event.progress };
    }),
    filter((value) => value !== undefined),
  );
}
