import { request } from 'undici';
import { runClient } from '../../harness/runClient.js';
import { inParallel } from './inParallel.js';
import { type Item } from './Item.js';
import { warmUp } from './warmUp.js';

await runClient(async ({ url, count }) => {
  const sum = await inParallel(count, async () => {
    const { body } = await request(url);
    return ((await body.json()) as Item).id;
  });
  return { outcome: `sum ${sum}` };
}, warmUp);
