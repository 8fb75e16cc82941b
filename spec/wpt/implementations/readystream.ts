import { Agent } from 'undici';
import { defaultUserAgent } from '../../../source/node/fetching/requestHeaders.js';
import { type XMLHttpRequestOptions } from '../../../source/node/xmlhttprequest/XMLHttpRequestOptions.js';
import { type Implementation } from './Implementation.js';
import { useNodeTypes } from './useNodeTypes.js';

/** What the entry `readystream/xmlhttprequest` exports. */
interface Entry {
  readonly createXMLHttpRequest: (options: XMLHttpRequestOptions) => typeof XMLHttpRequest;
  readonly XMLHttpRequestEventTarget: object;
  readonly XMLHttpRequestUpload: object;
  readonly ProgressEvent: object;
}

/** Ours, from a bundle of the sources or from the built package. */
export async function readystream(entry: string): Promise<Implementation> {
  const { createXMLHttpRequest, ...interfaces } = (await import(entry)) as Entry;
  return {
    userAgent: defaultUserAgent,
    install(target, environment) {
      if (environment.encoding !== undefined) useNodeTypes(target);
      const options = optionsFor(environment);
      const { XMLHttpRequestEventTarget, XMLHttpRequestUpload, ProgressEvent } = interfaces;
      const exposed = {
        XMLHttpRequest: createXMLHttpRequest(options),
        XMLHttpRequestEventTarget,
        XMLHttpRequestUpload,
        ProgressEvent,
      };
      for (const [name, value] of Object.entries(exposed)) {
        Object.defineProperty(target, name, { configurable: true, writable: true, value });
      }
    },
  };
}

function optionsFor({
  url,
  isHttp2,
  ...environment
}: Parameters<Implementation['install']>[1]): XMLHttpRequestOptions {
  return {
    ...environment,
    referrer: url,
    ...(isHttp2 && { dispatcher: new Agent({ allowH2: true, connect: { rejectUnauthorized: false } }) }),
  };
}
