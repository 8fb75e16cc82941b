import { type BenchCase } from '../harness/BenchCase.js';
import { compareClients } from '../harness/compareClients.js';
import { compareRow } from '../harness/compareRow.js';
import { type Row } from '../harness/Row.js';
import { withServer } from '../harness/withServer.js';
import { type Access, shapes } from '../shapes.js';

const peers = {
  'shapes/saxes': 'saxes',
  'shapes/htmlparser2': 'htmlparser2',
  'shapes/fastXmlParser': 'fast-xml-parser',
};

/** What has been promised of the CPU, told as a part of what saxes takes. */
function targetOf(shape: string, access: Access): number | undefined {
  if (shape === 'feed' && access === 'three') return 0.5;
  return access === 'all' && shape !== 'feed' ? 0.8 : undefined;
}

/** Records of several kinds of documents, beside parsers that are driven by hand. */
export const feedShapes: BenchCase = {
  name: 'shapes',
  title: 'records of several kinds of documents: counted, three fields of each, all of each',
  run: (options) =>
    withServer('shapes', async (url) => {
      const rows: Row[] = [];
      for (const [name, { title, records }] of Object.entries(shapes)) {
        for (const access of ['none', 'three', 'all'] as const) {
          const ours = 'shapes/readystream';
          const size = options.quick ? Math.ceil(records / 10) : records;
          const input = { url: `${url}?shape=${name}&read=${access}&size=${size}`, count: 1 };
          const reports = await compareClients([ours, ...Object.keys(peers)], input, options);
          for (const [peer, peerName] of Object.entries(peers)) {
            const target = peerName === 'saxes' ? targetOf(name, access) : undefined;
            rows.push(
              compareRow(reports, {
                figure: `cpu: ${title}, ${access}`,
                unit: 'ms',
                digits: 0,
                ours,
                peer,
                peerName,
                pick: ({ cpu }) => cpu,
                ...(target !== undefined && { target: { atMost: target } }),
              }),
            );
          }
        }
      }
      return rows;
    }),
};
