/**
 * `npm run bench:check`: fails where three fields of a feed's records cost more than 0.7 of the CPU that saxes driven by hand
 * takes, so that an optimisation that was lost is seen. It is CPU and not time, clients take turns, and what is over the bound is
 * measured once more, more often, so that what else a machine does makes no difference.
 */
import { existsSync } from 'node:fs';
import { compareClients } from './harness/compareClients.js';
import { median } from './harness/median.js';
import { withServer } from './harness/withServer.js';

const bound = 0.7;
/** So many that what a process takes to warm up is little of it. */
const records = 150_000;

if (!existsSync(new URL('../../dist/index.node.js', import.meta.url))) {
  throw new Error('dist/ is what is measured, and it is not there: npm run build first');
}
const ratio = await withServer('shapes', async (url) => {
  const input = { url: `${url}?shape=feed&read=three&size=${records}`, count: 1 };
  const measure = async (rounds: number): Promise<number> => {
    const [ours, peer] = ['shapes/readystream', 'shapes/saxes'];
    const reports = await compareClients([ours, peer], input, { rounds, profile: undefined });
    const cpu = (name: string): number[] => (reports.get(name) ?? []).map((report) => report.cpu);
    const peers = cpu(peer);
    return median(cpu(ours).map((value, round) => value / (peers[round] ?? NaN)));
  };
  const first = await measure(5);
  return first <= bound ? first : measure(15);
});
console.log(
  `elements() of a feed takes ${ratio.toFixed(2)} of the CPU of saxes driven by hand; at most ${bound}`,
);
// NaN is no success.
if (!(ratio <= bound)) process.exitCode = 1;
