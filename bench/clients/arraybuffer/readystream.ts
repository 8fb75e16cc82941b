import { XMLHttpRequest } from '../../../source/xmlhttprequest.js';
import { runClient } from '../../harness/runClient.js';

await runClient(
  ({ url }) =>
    new Promise((resolve, reject) => {
      const xhr = new XMLHttpRequest();
      xhr.open('GET', url);
      xhr.responseType = 'arraybuffer';
      xhr.onload = () => {
        resolve({ outcome: `${(xhr.response as ArrayBuffer).byteLength} bytes` });
      };
      xhr.onerror = () => {
        reject(new Error(url));
      };
      xhr.send();
    }),
);
