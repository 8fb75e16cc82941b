import { type LimitError } from '../../../errors/LimitError.js';
import { type NetworkPhase } from '../../../errors/NetworkError.js';
import { type RequestSummary } from '../../../errors/RequestSummary.js';
import { type RequestTimeoutError } from '../../../errors/RequestTimeoutError.js';

/** An error as plain data, since structured cloning keeps neither its class nor its code. */
export interface PlainError {
  readonly name: string;
  readonly message: string;
  readonly code?: string | undefined;
  readonly cause?: PlainError | undefined;
  /** What the errors of this library have besides. */
  readonly request?: RequestSummary | undefined;
  readonly phase?: NetworkPhase | undefined;
  readonly limit?: LimitError['limit'] | RequestTimeoutError['limit'] | undefined;
  readonly value?: number | undefined;
}
