import t from 'tap';
import {
  createXMLHttpRequest,
  install,
  ProgressEvent,
  XMLHttpRequest,
  XMLHttpRequestEventTarget,
  type XMLHttpRequestOptions,
  XMLHttpRequestUpload,
} from '../../../source/xmlhttprequest.js';

/** Whether two types are assignable to each other. */
type Same<A, B> = [A] extends [B] ? ([B] extends [A] ? true : false) : false;

// The classes are those of the DOM declarations. `npm run types` checks it; there is nothing to run.
true satisfies Same<typeof globalThis.XMLHttpRequest, typeof XMLHttpRequest>;
true satisfies Same<typeof globalThis.XMLHttpRequest, ReturnType<typeof createXMLHttpRequest>>;
true satisfies Same<typeof globalThis.XMLHttpRequestUpload, typeof XMLHttpRequestUpload>;
true satisfies Same<typeof globalThis.XMLHttpRequestEventTarget, typeof XMLHttpRequestEventTarget>;
true satisfies Same<typeof globalThis.ProgressEvent, typeof ProgressEvent>;

t.test('the imports also have the types of the DOM', (t) => {
  const xhr: XMLHttpRequest = new XMLHttpRequest();
  const upload: XMLHttpRequestUpload = xhr.upload;
  const targets: XMLHttpRequestEventTarget[] = [xhr, upload];
  t.ok(upload instanceof XMLHttpRequestUpload && xhr instanceof XMLHttpRequestEventTarget);
  const loaded: number[] = [];
  const listener = (event: ProgressEvent): void => void loaded.push(event.loaded);
  for (const target of targets) {
    target.onload = listener;
    target.addEventListener('progress', listener);
    target.dispatchEvent(new ProgressEvent('load', { loaded: 1 }));
    target.dispatchEvent(new ProgressEvent('progress', { loaded: 2 }));
  }
  t.same(loaded, [1, 2, 1, 2]);
  t.end();
});

t.test('a class can be used as the global one, and be extended', (t) => {
  class Own extends XMLHttpRequest {
    own = 1;
  }
  const target: { XMLHttpRequest?: typeof globalThis.XMLHttpRequest } = {};
  install(Own, target);
  t.equal(target.XMLHttpRequest, Own);
  t.equal(new Own().own, 1);
  t.end();
});

t.test('options are exact, and each may be undefined', (t) => {
  const nothing: { readonly [Name in keyof XMLHttpRequestOptions]?: undefined } = {};
  const options: XMLHttpRequestOptions = nothing;
  // @ts-expect-error -- there is no such scope
  const scope: XMLHttpRequestOptions = { scope: 'page' };
  // @ts-expect-error -- there is no such option
  const option: XMLHttpRequestOptions = { baseUrl: 'https://shop.example/' };
  // @ts-expect-error -- a base is asked for, not waited for
  const base: XMLHttpRequestOptions = { baseURL: () => Promise.resolve('https://shop.example/') };
  for (const wrong of [scope, option]) t.throws(() => createXMLHttpRequest(wrong), TypeError);
  for (const right of [options, base]) t.doesNotThrow(() => createXMLHttpRequest(right));
  t.end();
});
