import { shapeChunks, shapeOf } from '../shapes.js';
import { serve } from './serve.js';

/** What was asked for last: it is made before it is sent, so that no client waits for it. */
let made: { readonly key: string; readonly body: Buffer } | undefined;

/** `/?shape=osm&size=N`: a document of this shape. */
serve((request, response) => {
  const { shape, size } = shapeOf(request.url ?? '');
  const key = `${shape.title} ${size}`;
  if (made?.key !== key) made = { key, body: Buffer.concat([...shapeChunks(shape, size)]) };
  response.writeHead(200, { 'content-type': 'text/xml; charset=utf-8' }).end(made.body);
});
