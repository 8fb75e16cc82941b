import { Observable, type Subscriber, type Subscription } from 'rxjs';
import { AbortedError } from '../errors/AbortedError.js';
import { isAbortedError, isNetworkError, isRequestTimeoutError } from '../errors/guards.js';
import { NetworkError } from '../errors/NetworkError.js';
import { RequestTimeoutError } from '../errors/RequestTimeoutError.js';
import { type Adapter } from '../request/Adapter.js';
import { type NormalizedRequest } from '../request/NormalizedRequest.js';
import { type DoneEvent, type ReadyStateEvent, type ResponseHead } from '../request/ReadyStateEvent.js';
import { RetryBudget, withRemark } from '../request/RetryPolicy.js';
import { BodyOutput } from './BodyOutput.js';
import {
  type Continuation,
  continuationOf,
  type Document,
  documentOf,
  type ResumeBodyOptions,
} from './resumption.js';

/** One body that several responses bring, one after the other. */
export class ResumedBody {
  readonly #next: Adapter;
  readonly #request: NormalizedRequest;
  readonly #subscriber: Subscriber<ReadyStateEvent>;
  readonly #options: ResumeBodyOptions;
  readonly #budget: RetryBudget;
  readonly #output: BodyOutput;
  #document: Document | undefined;
  /** The bytes of the document that there are: where the next response has to go on. */
  #position = 0;
  /** Bytes of the response under way to pass over. */
  #skip = 0;
  /** Where the response under way ends, if it says so. */
  #end: number | undefined;
  #isResumed = false;
  #hasProgressed = false;
  #failures = 0;
  /** Why the platform's bytes are not those of the wire. */
  #isDecodedByPlatform = false;
  #isCodedByPlatform = false;
  #decodedAs: ResponseHead['decodedAs'];
  #isDone = false;
  #broken: unknown;
  #running: Subscription | undefined;
  #waiting: Subscription | undefined;

  constructor(
    next: Adapter,
    request: NormalizedRequest,
    subscriber: Subscriber<ReadyStateEvent>,
    options: ResumeBodyOptions,
  ) {
    this.#next = next;
    this.#request = request;
    this.#subscriber = subscriber;
    this.#options = options;
    this.#budget = new RetryBudget(options, { count: 5, delay: 250 });
    this.#output = new BodyOutput(subscriber, () => {
      const { start = 0, end } = this.#document ?? {};
      return {
        transferred: this.#isWire ? this.#position - start : undefined,
        total: end === undefined ? undefined : end - start,
      };
    });
  }

  /** Sends the request, for the whole document or for the rest of it. */
  send(): void {
    const request = this.#isResumed ? this.#restRequest() : { ...this.#request, encoded: true };
    this.#hasProgressed = false;
    new Observable<ReadyStateEvent>((inner) => {
      // Before it is subscribed to, so that one that emits synchronously sees that it is to stop.
      this.#running = inner;
      this.#next(request).subscribe(inner);
    }).subscribe({
      next: (event) => {
        this.#read(event);
      },
      error: (error: unknown) => {
        this.#breaksOff(error);
      },
      complete: () => {
        // An adapter that completes without DONE was ended from below.
        if (!this.#isDone) this.#subscriber.complete();
      },
    });
  }

  unsubscribe(): void {
    this.#running?.unsubscribe();
    this.#waiting?.unsubscribe();
    this.#output.destroy();
  }

  #read(event: ReadyStateEvent): void {
    switch (event.readyState) {
      case 1:
        if (event.upload === undefined) this.#output.use(event.flow);
        if (this.#isResumed) return;
        this.#subscriber.next(event.flow === undefined ? event : { ...event, flow: this.#output.flow });
        return;
      case 2:
        if (this.#isResumed) this.#goesOn(event.response);
        else this.#begins(event.response);
        return;
      case 3:
        this.#isDecodedByPlatform ||=
          event.response.decodedAs !== undefined ||
          (event.progress.transferred ?? -1) < event.progress.loaded;
        if (!this.#isResumed && event.response.decodedAs !== this.#decodedAs) {
          this.#decodedAs = event.response.decodedAs;
          this.#output.revise(event.response);
        }
        this.#take(event.chunk);
        return;
      case 4:
        this.#ends(event);
    }
  }

  #begins(response: ResponseHead): void {
    const { decode, ...head } = response;
    this.#decodedAs = head.decodedAs;
    this.#document = documentOf(response, this.#request);
    this.#position = this.#document.start;
    const isWanted = this.#request.encoded === true;
    this.#isCodedByPlatform = !isWanted && decode === undefined && head.headers.has('content-encoding');
    this.#output.begin(isWanted ? response : head, isWanted ? undefined : decode);
  }

  /** A further response is there: whether it brings the rest of the document. */
  #goesOn(response: ResponseHead): void {
    if (this.#document === undefined) return;
    const next: Continuation = continuationOf(response, this.#document, this.#position);
    switch (next.kind) {
      case 'rest':
        this.#skip = next.skip;
        this.#end = next.end;
        if (this.#document.end === undefined && next.length !== undefined)
          this.#document = { ...this.#document, end: next.length, length: next.length };
        return;
      case 'complete':
        this.#running?.unsubscribe();
        this.#output.end(undefined);
        return;
      case 'later':
        this.#running?.unsubscribe();
        this.#again(response);
        return;
      case 'refused':
        this.#running?.unsubscribe();
        this.#fail(next.reason);
    }
  }

  #take(chunk: Uint8Array<ArrayBuffer>): void {
    const skipped = Math.min(this.#skip, chunk.length);
    this.#skip -= skipped;
    // A response that brings more than it said ends where it said.
    const room = (this.#end ?? Infinity) - this.#position;
    const bytes = skipped === 0 && chunk.length <= room ? chunk : chunk.subarray(skipped, skipped + room);
    if (bytes.length === 0) return;
    this.#position += bytes.length;
    this.#hasProgressed = true;
    this.#output.write(bytes);
  }

  #ends(event: DoneEvent): void {
    const end = this.#document?.end;
    // A part of a document whose length nobody tells says nothing of what follows it: 416 will.
    if (this.#isResumed && (end === undefined ? this.#end !== undefined : this.#position < end)) {
      const reason = `the response ended after ${this.#position} of ${end ?? 'an unknown number of'} bytes`;
      this.#breaksOff(new NetworkError('body', { request: this.#request, reason }));
      return;
    }
    this.#isDone = true;
    this.#output.end(event.trailers);
  }

  #breaksOff(error: unknown): void {
    const mayGoOn = isNetworkError(error) || (isRequestTimeoutError(error) && error.limit !== 'total');
    if (this.#document === undefined || !mayGoOn) {
      const { total } = this.#request.timeout ?? {};
      // A further request was given what was left of the limit.
      const isTotal = this.#isResumed && isRequestTimeoutError(error) && total !== undefined;
      this.#settle(isTotal ? new RequestTimeoutError('total', total, { request: this.#request }) : error);
      return;
    }
    this.#broken = error;
    this.#running?.unsubscribe();
    const { end, validator } = this.#document;
    if (end !== undefined && this.#position >= end && this.#isWire) this.#output.end(undefined);
    else if (typeof validator === 'string') this.#fail(validator);
    else if (!this.#isWire)
      this.#fail(
        'the platform has decoded the body, or hides whether it has, so nothing tells which bytes have arrived',
      );
    else this.#again(undefined);
  }

  /** Whether what arrived are the bytes that the server sent. */
  get #isWire(): boolean {
    return !this.#isDecodedByPlatform && !this.#isCodedByPlatform;
  }

  /** @param response - what the last request was answered with, where that was no part of the document. */
  #again(response: ResponseHead | undefined): void {
    const { timeout, signal } = this.#request;
    this.#failures = this.#hasProgressed ? 1 : this.#failures + 1;
    const delay = this.#budget.delayAfter(this.#failures, response);
    if (delay === undefined) {
      const status = response === undefined ? '' : `, the last of which failed with ${response.status}`;
      this.#fail(
        `the budget is used up after ${this.#failures - 1} requests without a further byte${status}`,
      );
      return;
    }
    this.#isResumed = true;
    try {
      this.#options.onResume?.({
        position: this.#position,
        error: response ? undefined : this.#broken,
        response,
        delay,
      });
    } catch (error) {
      this.#settle(error);
      return;
    }
    if (this.#subscriber.closed) return;
    const rest = (timeout?.total ?? Infinity) - this.#output.elapsed;
    const abort = (): void => {
      this.#waiting?.unsubscribe();
      this.#settle(new AbortedError({ request: this.#request, cause: signal?.reason }));
    };
    this.#waiting = this.#budget.scheduler.schedule(
      () => {
        signal?.removeEventListener('abort', abort);
        if (rest > delay) this.send();
        else {
          const { total = 0 } = timeout ?? {};
          this.#settle(new RequestTimeoutError('total', total, { request: this.#request }));
        }
      },
      Math.min(delay, Math.max(0, rest)),
    );
    this.#waiting.add(() => signal?.removeEventListener('abort', abort));
    if (signal?.aborted === true) abort();
    else signal?.addEventListener('abort', abort);
  }

  #restRequest(): NormalizedRequest {
    const { headers, timeout } = this.#request;
    const { asked, coding, validator } = this.#document ?? {};
    let fields = headers.with('range', `bytes=${this.#position}-${asked === undefined ? '' : asked - 1}`);
    if (typeof validator === 'object') fields = fields.with('if-range', validator.value);
    // The rest of what was sent in this coding; without the field Range would ask for none.
    if (coding !== undefined && !fields.has('accept-encoding'))
      fields = fields.with('accept-encoding', coding);
    const total = timeout?.total;
    const rest = total === undefined ? undefined : Math.max(1, total - this.#output.elapsed);
    return {
      ...this.#request,
      headers: fields,
      encoded: true,
      timeout: timeout && { ...timeout, total: rest },
    };
  }

  #fail(reason: string): void {
    this.#settle(withRemark(this.#broken, `not resumed after ${this.#position} bytes: ${reason}`));
  }

  #settle(error: unknown): void {
    const isTotal = isRequestTimeoutError(error) && error.limit === 'total';
    this.#running?.unsubscribe();
    this.#output.fail(error, isTotal || isAbortedError(error));
  }
}
