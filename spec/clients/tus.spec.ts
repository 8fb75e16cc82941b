import { Readable } from 'node:stream';
import t from 'tap';
import * as tusForNode from 'tus-js-client';
import { clientServer } from '../helpers/clientServer.js';
import { tusServer } from '../helpers/tusServer.js';
import { runClientProgram } from './contracts/runClientProgram.js';
import { takeGlobalsAway } from './contracts/takeGlobalsAway.js';
import { watchRequests } from './contracts/watchRequests.js';
import { loadTus } from './subjects/tus.js';

const server = await tusServer();
t.teardown(() => server.close());
const watch = watchRequests();
t.teardown(takeGlobalsAway);
const tus = loadTus();

const content = Buffer.from(Uint8Array.from({ length: 600_000 }, (_, index) => index * 7));
const chunkSize = 262_144;
const sinceThen = (count: number): readonly string[] => server.log.slice(count);

/** Uploads to the end, or to an error. */
function upload(
  options: tusForNode.UploadOptions,
  tusClient = tus,
  file: Upload['file'] = new Blob([content]),
) {
  let resolve: () => void;
  let reject: (error: Error) => void;
  const ended = new Promise<void>((...both) => ([resolve, reject] = both));
  const upload = new tusClient.Upload(file, {
    endpoint: server.endpoint,
    chunkSize,
    retryDelays: null,
    onSuccess: () => {
      resolve();
    },
    onError: (error) => {
      reject(error);
    },
    ...options,
  });
  upload.start();
  return { upload, ended };
}

type Upload = tusForNode.Upload;

t.test('uploads in chunks, and tells the progress', async (t) => {
  const before = server.log.length;
  watch.forget();
  const told: (readonly [number, number])[] = [];
  const { upload: made, ended } = upload({
    metadata: { filename: 'é.bin' },
    onProgress: (sent, total) => told.push([sent, total]),
  });
  await ended;
  t.same(await server.contentOf(made.url ?? ''), content);
  t.same(sinceThen(before), ['POST', 'PATCH 0', 'PATCH 262144', 'PATCH 524288']);
  t.equal(watch.requests.length, server.log.length - before);
  t.same(told.at(-1), [600_000, 600_000]);
});

t.test('goes on where it was aborted', async (t) => {
  const before = server.log.length;
  // A chunk is more than the connection takes while nobody reads.
  const large = Buffer.alloc(16 << 20, 'x');
  const held = server.holdPatch(8 << 20);
  const { upload: made, ended } = upload({ chunkSize: 8 << 20 }, tus, new Blob([large]));
  const request = await held;
  await made.abort();
  // Only who reads sees that there comes no more.
  request.resume();
  if (!request.closed) await new Promise((resolve) => request.once('close', resolve));
  t.equal(request.complete, false, 'the chunk was broken off');
  made.start();
  await ended;
  t.ok(large.equals(await server.contentOf(made.url ?? '')));
  t.same(sinceThen(before), ['POST', 'PATCH 0', 'PATCH 8388608', 'HEAD', 'PATCH 8388608']);
});

t.test('goes on where the connection broke', async (t) => {
  const before = server.log.length;
  const held = server.holdPatch(0);
  const { upload: made, ended } = upload({ retryDelays: [0] });
  (await held).destroy();
  await ended;
  t.same(await server.contentOf(made.url ?? ''), content);
  t.same(sinceThen(before), ['POST', 'PATCH 0', 'HEAD', 'PATCH 0', 'PATCH 262144', 'PATCH 524288']);
});

t.test('resumes an upload of an earlier program by its URL', async (t) => {
  const url = await new Promise<string>((resolve) => {
    const { upload: first } = upload({
      onChunkComplete: () => {
        void first.abort();
        resolve(first.url ?? '');
      },
    });
  });
  const before = server.log.length;
  await upload({ uploadUrl: url }).ended;
  t.same(await server.contentOf(url), content);
  t.same(sinceThen(before), ['HEAD', 'PATCH 262144', 'PATCH 524288']);
});

t.test('terminates an upload', async (t) => {
  const { upload: made, ended } = upload({});
  await ended;
  await tus.Upload.terminate(made.url ?? '');
  t.equal(server.log.at(-1), 'DELETE');
  await t.rejects(server.contentOf(made.url ?? ''), { code: 'ENOENT' });
});

t.test('tells a connection that is refused', async (t) => {
  const other = await clientServer();
  t.teardown(() => other.close());
  const { ended } = upload({ endpoint: await other.refused() });
  await t.rejects(ended, { message: /failed to create upload/, originalResponse: null });
});

t.test('its module for Node takes the class by its httpStack, and uploads streams', async (t) => {
  const before = server.log.length;
  watch.forget();
  const file = Readable.from([content.subarray(0, 100_000), content.subarray(100_000)]);
  const options = { httpStack: new tus.DefaultHttpStack({}), uploadSize: content.length };
  const { upload: made, ended } = upload(options, tusForNode, file);
  await ended;
  t.same(await server.contentOf(made.url ?? ''), content);
  t.equal(watch.requests.length, server.log.length - before);
});

t.test('lets the process end', async (t) => {
  const { stdout, stderr, exitCode } = await runClientProgram('tus', server.endpoint);
  t.equal(stdout, 'uploaded\n', stderr);
  t.equal(exitCode, 0);
});
