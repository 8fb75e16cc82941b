import { serve } from './serve.js';

const body = Buffer.from(
  JSON.stringify({ id: 7, name: 'Théière', price: 12.5, tags: ['tea', 'pot'], stock: { paris: 3, lyon: 0 } }),
);
const headers = { 'content-type': 'application/json; charset=utf-8', 'content-length': body.length };

serve((_, response) => {
  response.writeHead(200, headers).end(body);
});
