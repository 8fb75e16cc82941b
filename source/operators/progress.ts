import { filter, map, type OperatorFunction, pipe } from 'rxjs';
import { type Progress, type ReadyStateEvent } from '../request/ReadyStateEvent.js';

/** How far a request has come, and in which direction it is going. */
export interface TransferProgress extends Progress {
  /** Whether it is the request's body that is being sent, or the response's that is being received. */
  readonly phase: 'upload' | 'download';
}

/**
 * Emits how far the request has come: each time more of its body has been sent or more of the response has arrived, and
 * once at DONE. A fraction is `transferred / total`, where both are known: `total` counts bytes on the wire, `loaded`
 * decoded ones.
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
