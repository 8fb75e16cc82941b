import { arrayBuffer } from '../../source/operators/arrayBuffer.js';
import { blob } from '../../source/operators/blob.js';
import { bytes } from '../../source/operators/bytes.js';
import { head } from '../../source/operators/head.js';
import { headers } from '../../source/operators/headers.js';
import { json } from '../../source/operators/json.js';
import { jsonLines } from '../../source/operators/jsonLines.js';
import { lines } from '../../source/operators/lines.js';
import { progress } from '../../source/operators/progress.js';
import { response } from '../../source/operators/response.js';
import { serverSentEvents } from '../../source/operators/serverSentEvents.js';
import { status } from '../../source/operators/status.js';
import { statusLine } from '../../source/operators/statusLine.js';
import { text } from '../../source/operators/text.js';
import { textChunks } from '../../source/operators/textChunks.js';
import { throwIfNotOk } from '../../source/operators/throwIfNotOk.js';
import { type ReadyStateEvent } from '../../source/request/ReadyStateEvent.js';
import { operatorContracts } from '../conformance/operators.js';

const joined = (values: readonly unknown[]): unknown => values.join('');
const body = 'a ü 🐟\nß 漢\r\nz';

operatorContracts({ name: 'status()', make: status, body, values: [200] });
operatorContracts({ name: 'statusLine()', make: statusLine, body, values: ['200 OK'] });
operatorContracts({
  name: 'head()',
  make: head,
  body,
  values: ['https://example.org/'],
  normalize: (values) =>
    values.map((value) => (typeof value === 'string' ? value : (value as { url: string }).url)),
});
operatorContracts({
  name: 'headers()',
  make: headers,
  body,
  exchange: { headers: { 'X-One': '1' } },
  values: [[['x-one', '1']]],
  normalize: (values) => values.map((value) => [...(value as Iterable<unknown>)]),
});
operatorContracts({ name: 'text()', make: text, body, values: [body] });
operatorContracts({ name: 'textChunks()', make: textChunks, body, values: [body], normalize: joined });
operatorContracts({ name: 'lines()', make: lines, body, values: ['a ü 🐟', 'ß 漢', 'z'] });
operatorContracts({
  name: 'json()',
  make: () => json(),
  body: '{"ü": ["🐟", 1]}',
  values: [{ ü: ['🐟', 1] }],
});
operatorContracts({
  name: 'jsonLines()',
  make: () => jsonLines(),
  body: '{"ü":1}\n\n[2]\r\n"🐟"',
  values: [{ ü: 1 }, [2], '🐟'],
});
operatorContracts({
  name: 'serverSentEvents()',
  make: serverSentEvents,
  body: ': hi\nid: 1\nevent: tick\ndata: ü\r\ndata: 🐟\r\n\r\ndata: 2\n\ndata: cut',
  values: ['tick 1 ü\n🐟', 'message 1 2'],
  normalize: (values) =>
    values.map((value) => {
      if (typeof value === 'string') return value;
      const { type, id, data } = value as { type: string; id: string; data: string };
      return `${type} ${id} ${data}`;
    }),
});
const bytesOf = (values: readonly unknown[]): unknown =>
  values.flatMap((value) =>
    Array.isArray(value) ? (value as unknown[]) : [...new Uint8Array(value as ArrayBuffer)],
  );
const encoded = new TextEncoder().encode(body);
operatorContracts({ name: 'bytes()', make: bytes, body, values: [[...encoded]], normalize: bytesOf });
operatorContracts({
  name: 'arrayBuffer()',
  make: arrayBuffer,
  body,
  values: [[...encoded]],
  normalize: bytesOf,
});
operatorContracts({
  name: 'blob()',
  make: blob,
  body,
  exchange: { headers: { 'content-type': 'text/css' } },
  values: [`${encoded.length} text/css`],
  normalize: (values) =>
    values.map((value) => (value instanceof Blob ? `${value.size} ${value.type}` : value)),
});
operatorContracts({
  name: 'progress()',
  make: progress,
  body,
  values: [`download ${encoded.length}`],
  normalize: (values) =>
    values
      .map((value) => {
        if (typeof value === 'string') return value;
        const { phase, loaded } = value as { phase: string; loaded: number };
        return `${phase} ${loaded}`;
      })
      .slice(-1),
});
operatorContracts({
  name: 'response(text())',
  make: () => response(text()),
  body,
  values: [`200 ${body}`],
  normalize: (values) =>
    values.map((value) => {
      if (typeof value === 'string') return value;
      const { status: code, body: content } = value as { status: number; body: string };
      return `${code} ${content}`;
    }),
});
operatorContracts({
  name: 'throwIfNotOk()',
  make: throwIfNotOk,
  body,
  values: ['1', '2', new TextDecoder().decode(encoded), '4'],
  // The pieces depend on the network; the joined result does not.
  normalize: (values) => {
    if (typeof values[0] === 'string') return values.join('|');
    const events = values as readonly ReadyStateEvent[];
    const chunks = events.flatMap((event) => (event.readyState === 3 ? [...event.chunk] : []));
    return ['1', '2', new TextDecoder().decode(Uint8Array.from(chunks)), '4'].join('|');
  },
});
