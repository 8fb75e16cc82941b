import { lastValueFrom, map, tap } from 'rxjs';
import { ReadyState, request } from '../../../source/index.node.js';
import { elements } from '../../../source/xml.node.js';
import { runClient } from '../../harness/runClient.js';
import { FeedTally } from './FeedTally.js';
import { googleNamespace } from './googleNamespace.js';
import { type Product } from './Product.js';

await runClient(async ({ url }) => {
  const tally = new FeedTally();
  const products$ = request(url).pipe(
    tap((event) => {
      if (event.readyState === ReadyState.LOADING) {
        tally.bytesArrived();
      }
    }),
    elements('item', { namespaces: { g: googleNamespace } }),
    map((item): Product => ({
      id: item.text('g|id'),
      title: item.text('title'),
      price: item.text('g|price'),
    })),
    tap((product) => {
      tally.add(product);
    }),
  );
  await lastValueFrom(products$);
  return tally.result();
});
