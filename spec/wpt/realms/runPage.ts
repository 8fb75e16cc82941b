import { createRequire } from 'node:module';
import {
  CookieJar,
  type DOMWindow,
  JSDOM,
  requestInterceptor,
  type ResourcesOptions,
  VirtualConsole,
} from 'jsdom';
import { type Implementation } from '../implementations/Implementation.js';
import { acceptForeignErrors } from './acceptForeignErrors.js';
import { addMissingGlobals } from './addMissingGlobals.js';
import { type ChildMessage } from './ChildMessage.js';
import { type Job } from './Job.js';
import { reportTests } from './reportTests.js';
import { shareIntrinsics } from './shareIntrinsics.js';
import { type TestScope } from './TestScope.js';

/** Loads a page in a window of jsdom's, with the implementation in the place of the window's own `XMLHttpRequest`. */
export async function runPage(
  implementation: Implementation,
  { test, origin, limit }: Job,
  send: (message: ChildMessage) => void,
): Promise<void> {
  const url = new URL(test.page, origin);
  const cookieJar = new CookieJar();
  const virtualConsole = new VirtualConsole();
  if (process.env['WPT_DEBUG'] !== undefined) virtualConsole.forwardTo(console);

  const { window } = await JSDOM.fromURL(url.href, {
    runScripts: 'dangerously',
    pretendToBeVisual: true,
    cookieJar,
    virtualConsole,
    resources: {
      interceptors: [hookTestharnessReport],
      userAgent: implementation.userAgent,
      dispatcher: test.server === 'h2' ? http2Dispatcher() : undefined,
    },
    beforeParse(window) {
      addMissingGlobals(window, url);
      window['__testharnessIsLoaded'] = () => {
        acceptForeignErrors(window);
        reportTests(window as unknown as TestScope, send);
      };
      if (implementation.hasOwnWindow !== true)
        install(implementation, window, cookieJar, test.server === 'h2');
    },
  });
  setTimeout(() => {
    // A page that died before it loaded testharness.js has no timeout().
    (window as unknown as Partial<TestScope>).timeout?.();
  }, limit);
}

/** Our side of testharness.js, in place of what the server has for it. */
const hookTestharnessReport = requestInterceptor((request) =>
  new URL(request.url).pathname === '/resources/testharnessreport.js'
    ? new Response('__testharnessIsLoaded(); delete self.__testharnessIsLoaded', {
        headers: { 'content-type': 'text/javascript' },
      })
    : undefined,
);

function install(
  implementation: Implementation,
  window: DOMWindow,
  cookieJar: CookieJar,
  isHttp2: boolean,
): void {
  const reportError = (error: unknown): void => {
    const message = error instanceof Error ? error.message : String(error);
    window.dispatchEvent(new window.ErrorEvent('error', { cancelable: true, error, message }));
  };
  process.on('uncaughtException', reportError);
  process.on('unhandledRejection', reportError);
  shareIntrinsics(window);
  const { document } = window;
  implementation.install(window, {
    baseURL: () => document.baseURI,
    url: document.URL,
    origin: new URL(document.URL).origin,
    scope: 'window',
    isHttp2,
    reportError,
    cookieJar,
    encoding: () => document.characterSet,
    parseDocument: (text, type) =>
      new window.DOMParser().parseFromString(text, type as DOMParserSupportedType),
    serializeDocument: (document) => serialize(document, new window.XMLSerializer()),
  });
}

function serialize(document: Document, serializer: XMLSerializer): string {
  if (document.contentType !== 'text/html') return serializer.serializeToString(document);
  const doctype = document.doctype === null ? '' : serializer.serializeToString(document.doctype);
  return doctype + document.documentElement.outerHTML;
}

type JsdomDispatcher = NonNullable<ResourcesOptions['dispatcher']>;

/** An agent of the undici that jsdom uses. */
function http2Dispatcher(): JsdomDispatcher {
  const { resolve } = createRequire(import.meta.url);
  const undici: unknown = createRequire(resolve('jsdom'))('undici');
  const { Agent } = undici as { Agent: new (options: object) => JsdomDispatcher };
  return new Agent({ allowH2: true, connect: { rejectUnauthorized: false } });
}
