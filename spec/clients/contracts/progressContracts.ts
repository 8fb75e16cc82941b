import { type Test } from 'tap';
import { type ClientProgress } from './Client.js';
import { type ClientContract } from './ClientContract.js';

const size = 4 << 20;

/** How far requests and responses have come. */
export const progressContracts: readonly ClientContract[] = [
  {
    name: 'tells the progress of an upload',
    needs: ({ uploadProgress }) => uploadProgress,
    async run(t, bench) {
      const told: ClientProgress[] = [];
      const body = new Blob([new Uint8Array(size)]);
      const headers = { 'content-type': 'application/octet-stream' };
      const onUpload = ({ loaded, total }: ClientProgress): void => void told.push({ loaded, total });
      const reply = await bench.send('/upload', { method: 'POST', body, headers, onUpload });
      t.same(reply.body, { received: size });
      checkProgress(t, told);
    },
  },
  {
    name: 'tells the progress of a download',
    needs: ({ downloadProgress }) => downloadProgress,
    async run(t, bench) {
      const told: ClientProgress[] = [];
      const onDownload = ({ loaded, total }: ClientProgress): void => void told.push({ loaded, total });
      const { body } = await bench.send(`/download?size=${size}`, { responseType: 'text', onDownload });
      t.equal((body as string).length, size);
      checkProgress(t, told);
    },
  },
];

function checkProgress(t: Test, told: readonly ClientProgress[]): void {
  t.ok(told.length > 0, 'there is progress');
  t.same(told.at(-1), { loaded: size, total: size }, 'the end is told');
  const loaded = told.map((progress) => progress.loaded);
  t.same(
    loaded,
    [...loaded].sort((a, b) => a - b),
    'it never goes back',
  );
}
