import { XMLHttpRequest } from '../../../source/xmlhttprequest.js';
import { runClient } from '../../harness/runClient.js';

/** A client that reads a long text when it is complete, and at every progress event before that if it is told to. */
export async function readText(atProgress: boolean): Promise<void> {
  await runClient(
    ({ url }) =>
      new Promise((resolve, reject) => {
        const xhr = new XMLHttpRequest();
        xhr.open('GET', url);
        let read = 0;
        if (atProgress) {
          xhr.onprogress = () => {
            read = xhr.responseText.length;
          };
        }
        xhr.onload = () => {
          const text = xhr.responseText;
          if (read > text.length) reject(new Error('the text has become shorter'));
          // Looking at a character makes the engine join the pieces of the text, which for all that is the caller's work.
          resolve({ outcome: `${text.length} characters, ends in ${text.at(-1) ?? 'none'}` });
        };
        xhr.onerror = () => {
          reject(new Error(url));
        };
        xhr.send();
      }),
  );
}
