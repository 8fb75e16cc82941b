import { lastValueFrom, mergeMap, range, reduce } from 'rxjs';
import { json, request } from '../../../source/index.node.js';
import { runClient } from '../../harness/runClient.js';
import { concurrency } from './concurrency.js';
import { type Item } from './Item.js';
import { warmUp } from './warmUp.js';

await runClient(async ({ url, count }) => {
  const sum$ = range(0, count).pipe(
    mergeMap(() => request(url).pipe(json<Item>()), concurrency),
    reduce((sum, item) => sum + item.id, 0),
  );
  return { outcome: `sum ${await lastValueFrom(sum$)}` };
}, warmUp);
