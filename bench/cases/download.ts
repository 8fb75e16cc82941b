import { type BenchCase } from '../harness/BenchCase.js';
import { compareClients } from '../harness/compareClients.js';
import { compareRow } from '../harness/compareRow.js';
import { memoryRows } from '../harness/memoryRows.js';
import { withServer } from '../harness/withServer.js';

/** A long body, only counted: the throughput of the way from the socket to the caller. */
export const download: BenchCase = {
  name: 'download',
  title: '1 GB download',
  run: (options) =>
    withServer('download', async (url) => {
      const size = options.quick ? 1e8 : 1e9;
      const [ours, peer] = ['download/readystream', 'download/undici'];
      const reports = await compareClients([ours, peer], { url: `${url}?size=${size}`, count: 1 }, options);
      const both = { ours, peer, peerName: 'undici' };
      return [
        compareRow(reports, {
          ...both,
          figure: 'throughput',
          unit: 'MB/s',
          digits: 0,
          pick: ({ wall }) => size / 1e3 / wall,
          target: { atLeast: 0.95 },
        }),
        compareRow(reports, { ...both, figure: 'cpu', unit: 'ms', digits: 0, pick: ({ cpu }) => cpu }),
        ...memoryRows(reports.get(ours) ?? [], reports.get(peer) ?? []),
      ];
    }),
};
