/**
 * `npm run bench`: readystream beside its peers, the targets, and whether they are met. See README.md.
 */
import { existsSync } from 'node:fs';
import { ajaxRequests } from './cases/ajaxRequests.js';
import { arrayBuffer } from './cases/arrayBuffer.js';
import { bundleSize } from './cases/bundleSize.js';
import { download } from './cases/download.js';
import { feedMemory } from './cases/feedMemory.js';
import { feedRecords } from './cases/feedRecords.js';
import { feedShapes } from './cases/feedShapes.js';
import { jsonRequests } from './cases/jsonRequests.js';
import { progressText } from './cases/progressText.js';
import { formatTable } from './harness/formatTable.js';
import { parseOptions } from './harness/parseOptions.js';

const cases = [
  bundleSize,
  jsonRequests,
  ajaxRequests,
  download,
  arrayBuffer,
  progressText,
  feedRecords,
  feedShapes,
  feedMemory,
];
const options = parseOptions(
  process.argv.slice(2),
  cases.map(({ name }) => name),
);

if (!existsSync(new URL('../../dist/index.node.js', import.meta.url))) {
  throw new Error('dist/ is what is measured, and it is not there: npm run build first');
}
console.log(
  `Node ${process.version}, ${options.rounds} rounds${options.quick ? ', a tenth of the work' : ''}\n`,
);
for (const { title, run } of cases.filter(({ name }) => options.only.includes(name))) {
  console.log(`${formatTable(title, await run(options))}\n`);
}
