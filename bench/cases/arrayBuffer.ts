import { type BenchCase } from '../harness/BenchCase.js';
import { compareClients } from '../harness/compareClients.js';
import { compareRow } from '../harness/compareRow.js';
import { median } from '../harness/median.js';
import { withServer } from '../harness/withServer.js';

/** A long body in one piece: `responseType = 'arraybuffer'`. */
export const arrayBuffer: BenchCase = {
  name: 'arraybuffer',
  title: "128 MB through XMLHttpRequest as an 'arraybuffer'",
  run: (options) =>
    withServer('download', async (url) => {
      const megabytes = options.quick ? 13 : 128;
      const [ours, peer] = ['arraybuffer/readystream', 'arraybuffer/undici'];
      const input = { url: `${url}?size=${megabytes * 1e6}`, count: 1 };
      const reports = await compareClients([ours, peer], input, options);
      const memory = (client: string): number =>
        median((reports.get(client) ?? []).map(({ memory: { start, peak } }) => (peak - start) / megabytes));
      return [
        compareRow(reports, {
          figure: 'time',
          unit: 'ms',
          digits: 0,
          ours,
          peer,
          peerName: 'undici',
          pick: ({ wall }) => wall,
          target: { atMost: 1.3 },
        }),
        {
          figure: "memory: peak less start, in the body's size",
          ours: memory(ours).toFixed(2),
          peer: `undici ${memory(peer).toFixed(2)}`,
          target: '≤ 2.2',
          met: memory(ours) <= 2.2,
        },
      ];
    }),
};
