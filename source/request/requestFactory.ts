import { Observable } from 'rxjs';
import { type Adapter } from './Adapter.js';
import { attemptNumber } from './attempts.js';
import { CountedAttempt } from './CountedAttempt.js';
import { mergeOptions } from './mergeOptions.js';
import { normalizeRequest } from './normalizeRequest.js';
import { type ReadyStateEvent } from './ReadyStateEvent.js';
import { type RequestFunction } from './RequestFunction.js';
import { type RequestOptions } from './RequestOptions.js';

/**
 * Makes {@link RequestFunction}s with the default adapter of the platform's entry. The adapter is looked up at each
 * subscription, so that a global replaced by a test or a polyfill takes effect.
 */
export function requestFactory(
  platformAdapter: () => Adapter,
): (defaults?: RequestOptions) => RequestFunction {
  return (defaults) => {
    const request = (target: string | URL, options?: RequestOptions): Observable<ReadyStateEvent> => {
      const failed: number[] = [];
      return new Observable((subscriber) => {
        const attempt = attemptNumber(failed);
        // Errors thrown here reach the error channel: Observable catches them.
        const merged = mergeOptions(defaults, options);
        const adapter = (merged.interceptors ?? []).reduceRight(
          (next, interceptor) => interceptor(next),
          merged.adapter ?? platformAdapter(),
        );
        return adapter(normalizeRequest(target, merged, attempt)).subscribe(
          new CountedAttempt(subscriber, failed, attempt),
        );
      });
    };
    const verb = (method: string) => (target: string | URL, options?: RequestOptions) =>
      request(target, { ...options, method });
    const verbWithBody =
      (method: string) => (target: string | URL, body?: RequestOptions['body'], options?: RequestOptions) =>
        verb(method)(target, body === undefined ? options : { ...options, body });
    return Object.assign(request, {
      get: verb('GET'),
      head: verb('HEAD'),
      delete: verb('DELETE'),
      options: verb('OPTIONS'),
      post: verbWithBody('POST'),
      put: verbWithBody('PUT'),
      patch: verbWithBody('PATCH'),
    });
  };
}
