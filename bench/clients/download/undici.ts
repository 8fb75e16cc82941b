import { request } from 'undici';
import { runClient } from '../../harness/runClient.js';

await runClient(async ({ url }) => {
  const { body } = await request(url);
  let total = 0;
  for await (const chunk of body as AsyncIterable<Buffer>) {
    total += chunk.length;
  }
  return { outcome: `${total} bytes` };
});
