import { type BenchCase } from '../harness/BenchCase.js';
import { type ClientReport } from '../harness/ClientReport.js';
import { compareClients } from '../harness/compareClients.js';
import { compareRow, type Comparison } from '../harness/compareRow.js';
import { withServer } from '../harness/withServer.js';

/** Small JSON GETs, 32 at a time: what a request costs beside its transport. */
export const jsonRequests: BenchCase = {
  name: 'json',
  title: 'small JSON GETs at concurrency 32',
  run: (options) =>
    withServer('json', async (url) => {
      const count = options.quick ? 2000 : 20_000;
      const ours = 'json/readystream';
      const clients = [ours, 'json/undici', 'json/fetch', 'json/rxjsFetch'];
      const reports = await compareClients(clients, { url, count }, options);
      const line = (peer: string, peerName: string, figure: 'cpu' | 'wall'): Comparison => ({
        figure: `${figure} per request`,
        unit: 'µs',
        digits: 1,
        ours,
        peer,
        peerName,
        pick: (report: ClientReport) => (report[figure] / count) * 1000,
      });
      return [
        compareRow(reports, { ...line('json/undici', 'undici', 'cpu'), target: { atMost: 1.15 } }),
        compareRow(reports, line('json/undici', 'undici', 'wall')),
        compareRow(reports, line('json/fetch', 'fetch()', 'cpu')),
        compareRow(reports, line('json/rxjsFetch', 'fromFetch()', 'cpu')),
      ];
    }),
};
