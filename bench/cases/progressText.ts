import { type BenchCase } from '../harness/BenchCase.js';
import { compareClients } from '../harness/compareClients.js';
import { compareRow } from '../harness/compareRow.js';
import { withServer } from '../harness/withServer.js';

/** A long text that is read again at every progress event, beside one that is read once. */
export const progressText: BenchCase = {
  name: 'text',
  title: '16 MB of responseText, read at every progress event',
  run: (options) =>
    withServer('download', async (url) => {
      const size = options.quick ? 1.6e6 : 16e6;
      const [ours, peer] = ['text/atProgress', 'text/once'];
      const reports = await compareClients([ours, peer], { url: `${url}?size=${size}`, count: 1 }, options);
      const both = { unit: 'ms', digits: 0, ours, peer, peerName: 'read once', target: { atMost: 1.3 } };
      return [
        compareRow(reports, { ...both, figure: 'cpu', pick: ({ cpu }) => cpu }),
        compareRow(reports, { ...both, figure: 'time', pick: ({ wall }) => wall }),
      ];
    }),
};
