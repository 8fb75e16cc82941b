import { pipeline, Readable } from 'node:stream';
import { feedChunks } from './feedChunks.js';
import { parseSize } from './parseSize.js';
import { serve } from './serve.js';

/** `/?size=N`: a feed of N records, generated as the client takes it. */
serve((request, response) => {
  response.writeHead(200, { 'content-type': 'application/rss+xml; charset=utf-8' });
  pipeline(Readable.from(feedChunks(parseSize(request.url))), response, () => undefined);
});
