import { XMLHttpRequest } from '../../../source/xmlhttprequest.js';
import { runClient } from '../../harness/runClient.js';

/** A client that reads a long text when it is complete, and at every progress event before that if it is told to. */
export async function readText(atProgress: boolean): Promise<void> {
  await runClient(
    ({ url }) =>
      new Promise((resolve, reject) => {
        const xhr = new XMLHttpRequest();
        xhr.open('GET', url);
        // The last character, not the length, which the engine knows without joining the pieces of a text.
        const read = (): string | undefined => xhr.responseText.at(-1);
        if (atProgress) xhr.onprogress = read;
        xhr.onload = () => {
          resolve({ outcome: `${xhr.responseText.length} characters, ends in ${read() ?? 'none'}` });
        };
        xhr.onerror = () => {
          reject(new Error(url));
        };
        xhr.send();
      }),
  );
}
