import { Parser } from 'htmlparser2';
import { request } from 'undici';
import { runClient } from '../../harness/runClient.js';
import { shapeOf } from '../../shapes.js';
import { recordHandler } from './recordHandler.js';
import { Tally } from './Tally.js';

/** It checks neither that documents are well-formed nor namespaces, and tells no lines and columns. */
await runClient(async ({ url }) => {
  const { shape, access } = shapeOf(url);
  const tally = new Tally();
  const handler = recordHandler(shape, access, tally);
  const parser = new Parser(
    {
      onopentag: (name, attributes) => {
        const colon = name.indexOf(':');
        handler.open({
          name,
          local: name.slice(colon + 1),
          prefix: name.slice(0, Math.max(colon, 0)),
          attributes,
        });
      },
      ontext: (text) => {
        handler.text(text);
      },
      onclosetag: () => {
        handler.close();
      },
    },
    { xmlMode: true },
  );
  const { body } = await request(url);
  const decoder = new TextDecoder();
  for await (const chunk of body as AsyncIterable<Buffer>)
    parser.write(decoder.decode(chunk, { stream: true }));
  parser.write(decoder.decode());
  parser.end();
  return tally.result();
});
