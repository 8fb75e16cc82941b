import { lastValueFrom, mergeMap, range, reduce } from 'rxjs';
import { ajax } from 'rxjs/ajax';
import { runClient } from '../../harness/runClient.js';
import { concurrency } from '../json/concurrency.js';
import { type Item } from '../json/Item.js';
import { warmUp } from '../json/warmUp.js';

/** A client that makes its requests by `rxjs/ajax` over a class. */
export async function ajaxRequests(createXHR: () => XMLHttpRequest): Promise<void> {
  await runClient(async ({ url, count }) => {
    const sum$ = range(0, count).pipe(
      mergeMap(() => ajax<Item>({ url, createXHR, responseType: 'json' }), concurrency),
      reduce((sum, { response }) => sum + response.id, 0),
    );
    return { outcome: `sum ${await lastValueFrom(sum$)}` };
  }, warmUp);
}
