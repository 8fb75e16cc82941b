import { lastValueFrom, reduce } from 'rxjs';
import { bytes, request } from '../../../source/index.node.js';
import { runClient } from '../../harness/runClient.js';

await runClient(async ({ url }) => {
  const total$ = request(url).pipe(
    bytes(),
    reduce((total, chunk) => total + chunk.length, 0),
  );
  return { outcome: `${await lastValueFrom(total$)} bytes` };
});
