import { type RequestHead, type ResponseHead } from '../../request/ReadyStateEvent.js';

/** What a parser's maker may know of the exchange whose body it is going to read. */
export interface BodyContext {
  /** The request as OPENED gave it; `undefined` where the source left OPENED out. */
  readonly request: RequestHead | undefined;
  /** The response as the first LOADING gave it, or DONE where the body is empty. */
  readonly response: ResponseHead;
}
