import { SaxesParser } from 'saxes';
import { request } from 'undici';
import { runClient } from '../../harness/runClient.js';
import { shapeOf } from '../../shapes.js';
import { recordHandler } from './recordHandler.js';
import { Tally } from './Tally.js';

await runClient(async ({ url }) => {
  const { shape, access } = shapeOf(url);
  const tally = new Tally();
  const handler = recordHandler(shape, access, tally);
  const parser = new SaxesParser({ xmlns: true, position: true });
  parser.on('opentag', ({ name, local, prefix, attributes }) => {
    const values: Record<string, string> = {};
    // Where nothing is asked of them, they need not be made.
    if (access !== 'none') for (const key in attributes) values[key] = attributes[key]?.value ?? '';
    handler.open({ name, local, prefix, attributes: values });
  });
  parser.on('text', (text) => {
    handler.text(text);
  });
  parser.on('cdata', (text) => {
    handler.text(text);
  });
  parser.on('closetag', () => {
    handler.close();
  });
  const { body } = await request(url);
  const decoder = new TextDecoder();
  for await (const chunk of body as AsyncIterable<Buffer>)
    parser.write(decoder.decode(chunk, { stream: true }));
  parser.write(decoder.decode()).close();
  return tally.result();
});
