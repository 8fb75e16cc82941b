/** The events of the XHR standard that are progress events. */
const progressEvents = ['loadstart', 'progress', 'abort', 'error', 'load', 'timeout', 'loadend'] as const;

/**
 * Keeps what a request fires, in its order: `'readystatechange 2'`, `'load 3/3'` where the total is known, `'progress 3'` where
 * it is not.
 *
 * @param upload - whether to listen to its upload too: `'upload.load 5/5'`.
 */
export function logEvents(xhr: XMLHttpRequest, upload = false): string[] {
  const log: string[] = [];
  xhr.addEventListener('readystatechange', () => log.push(`readystatechange ${xhr.readyState}`));
  const listen = (target: XMLHttpRequestEventTarget, prefix: string): void => {
    for (const type of progressEvents) {
      target.addEventListener(type, ({ loaded, total, lengthComputable }) => {
        log.push(`${prefix}${type} ${loaded}${lengthComputable ? `/${total}` : ''}`);
      });
    }
  };
  listen(xhr, '');
  if (upload) listen(xhr.upload, 'upload.');
  return log;
}

/** Waits for an event. */
export function fired(target: XMLHttpRequestEventTarget, type: string): Promise<ProgressEvent> {
  return new Promise((resolve) => {
    target.addEventListener(
      type,
      (event) => {
        resolve(event as ProgressEvent);
      },
      { once: true },
    );
  });
}

/** Opens, sends, and waits for the end. */
export async function completed(
  xhr: XMLHttpRequest,
  url: string,
  method = 'GET',
  body?: XMLHttpRequestBodyInit | Document | null,
): Promise<XMLHttpRequest> {
  xhr.open(method, url);
  xhr.send(body);
  await fired(xhr, 'loadend');
  return xhr;
}
