import { type BenchCase } from '../harness/BenchCase.js';
import { type ClientReport } from '../harness/ClientReport.js';
import { compareClients } from '../harness/compareClients.js';
import { compareRow, type Comparison } from '../harness/compareRow.js';
import { withServer } from '../harness/withServer.js';

/** Small GETs by `rxjs/ajax` over the `XMLHttpRequest` class, 32 at a time. */
export const ajaxRequests: BenchCase = {
  name: 'ajax',
  title: 'small GETs through rxjs/ajax over XMLHttpRequest, at concurrency 32',
  run: (options) =>
    withServer('json', async (url) => {
      const count = options.quick ? 2000 : 20_000;
      const ours = 'ajax/readystream';
      const reports = await compareClients([ours, 'json/undici', 'ajax/xhr2'], { url, count }, options);
      const line = (peer: string, peerName: string): Comparison => ({
        figure: 'cpu per request',
        unit: 'µs',
        digits: 1,
        ours,
        peer,
        peerName,
        pick: ({ cpu }: ClientReport) => (cpu / count) * 1000,
      });
      return [
        compareRow(reports, { ...line('json/undici', 'undici'), target: { atMost: 1.5 } }),
        compareRow(reports, line('ajax/xhr2', 'xhr2')),
      ];
    }),
};
