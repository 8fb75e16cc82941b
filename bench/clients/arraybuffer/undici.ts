import { request } from 'undici';
import { runClient } from '../../harness/runClient.js';

await runClient(async ({ url }) => {
  const { body } = await request(url);
  const { byteLength } = await body.arrayBuffer();
  return { outcome: `${byteLength} bytes` };
});
