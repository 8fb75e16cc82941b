import { runClient } from '../../harness/runClient.js';
import { inParallel } from './inParallel.js';
import { type Item } from './Item.js';
import { warmUp } from './warmUp.js';

await runClient(async ({ url, count }) => {
  const sum = await inParallel(count, async () => {
    const response = await fetch(url);
    return ((await response.json()) as Item).id;
  });
  return { outcome: `sum ${sum}` };
}, warmUp);
