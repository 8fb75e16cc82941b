import { lastValueFrom, mergeMap, range, reduce } from 'rxjs';
import { fromFetch } from 'rxjs/fetch';
import { runClient } from '../../harness/runClient.js';
import { concurrency } from './concurrency.js';
import { type Item } from './Item.js';
import { warmUp } from './warmUp.js';

await runClient(async ({ url, count }) => {
  const selector = async (response: Response): Promise<Item> => (await response.json()) as Item;
  const sum$ = range(0, count).pipe(
    mergeMap(() => fromFetch(url, { selector }), concurrency),
    reduce((sum, item) => sum + item.id, 0),
  );
  return { outcome: `sum ${await lastValueFrom(sum$)}` };
}, warmUp);
