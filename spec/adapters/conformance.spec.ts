import t from 'tap';
import { fetchAdapter } from '../../source/adapters/fetch.js';
import { nodeAdapter } from '../../source/adapters/node.js';
import { xhrAdapter } from '../../source/adapters/xhr.js';
import { XMLHttpRequest } from '../../source/xmlhttprequest.js';
import { adapterContracts } from '../conformance/adapters.js';
import { type Capabilities, type Subject } from '../conformance/adapters/Subject.js';
import { testServer } from '../helpers/testServer.js';
import { XMLHttpRequestDouble } from '../helpers/XMLHttpRequestDouble.js';

const server = await testServer();
t.teardown(() => server.close());

const node: Capabilities = {
  manualRedirect: true,
  redirectError: true,
  seesRedirects: true,
  maxRedirects: true,
  connectTimeout: true,
  streamBodies: true,
  uploadProgress: true,
  longHeaders: true,
  transferredOfCompressed: true,
  refusedPhases: ['connect'],
  decompressionRatio: true,
  headAlone: true,
  oneChunk: false,
};
const fetch: Capabilities = {
  ...node,
  seesRedirects: false,
  maxRedirects: false,
  connectTimeout: false,
  uploadProgress: false,
  // Node's fetch holds to Node's limit of 16 KiB.
  longHeaders: false,
  transferredOfCompressed: false,
  refusedPhases: ['headers'],
  decompressionRatio: false,
};
const xhr: Capabilities = {
  ...fetch,
  manualRedirect: false,
  redirectError: false,
  streamBodies: false,
  uploadProgress: true,
  oneChunk: true,
};

const subjects: Readonly<Record<string, Subject>> = {
  node: { adapter: nodeAdapter(), origin: server.origin, can: node },
  fetch: { adapter: fetchAdapter(), origin: server.origin, can: fetch },
  'xhr adapter over XMLHttpRequest for Node': {
    adapter: xhrAdapter({ XMLHttpRequest }),
    origin: server.origin,
    can: { ...xhr, longHeaders: true, refusedPhases: ['connect'] },
  },
  xhr: {
    adapter: xhrAdapter({ XMLHttpRequest: XMLHttpRequestDouble as unknown as new () => XMLHttpRequest }),
    origin: server.origin,
    can: xhr,
  },
};

for (const [name, subject] of Object.entries(subjects)) {
  t.test(`the ${name} adapter`, async (t) => {
    for (const { name, run } of adapterContracts) {
      await t.test(name, async (t) => {
        await run(subject);
        t.pass();
      });
    }
  });
}
