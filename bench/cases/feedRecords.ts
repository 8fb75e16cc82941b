import { type BenchCase } from '../harness/BenchCase.js';
import { compareClients } from '../harness/compareClients.js';
import { compareRow } from '../harness/compareRow.js';
import { median } from '../harness/median.js';
import { withServer } from '../harness/withServer.js';

/** Most milliseconds from the first byte to the first record. */
const firstRecordTarget = 10;

/** Three fields of each record of a feed, beside the parser driven by hand. */
export const feedRecords: BenchCase = {
  name: 'feed',
  title: '65 MB feed of 150,000 records, three fields of each',
  run: (options) =>
    withServer('feed', async (url) => {
      const records = options.quick ? 15_000 : 150_000;
      const [ours, peer] = ['feed/readystream', 'feed/saxes'];
      const reports = await compareClients(
        [ours, peer],
        { url: `${url}?size=${records}`, count: 1 },
        options,
      );
      const both = { ours, peer, peerName: 'saxes by hand', digits: 0, unit: 'ms' };
      const firstRecord = (name: string): number =>
        median((reports.get(name) ?? []).map((report) => report.firstRecord ?? NaN));
      return [
        compareRow(reports, { ...both, figure: 'cpu', pick: ({ cpu }) => cpu, target: { atMost: 0.5 } }),
        compareRow(reports, { ...both, figure: 'wall', pick: ({ wall }) => wall }),
        {
          figure: 'first byte to first record',
          ours: `${firstRecord(ours).toFixed(1)} ms`,
          peer: `saxes by hand ${firstRecord(peer).toFixed(1)} ms`,
          target: `≤ ${firstRecordTarget} ms`,
          met: firstRecord(ours) <= firstRecordTarget,
        },
      ];
    }),
};
