import { once } from 'node:events';
import { createServer, type ServerResponse } from 'node:http';
import { type AddressInfo } from 'node:net';

/** The server that stands for `https://shop.example` when the samples are run. */
export interface Shop {
  readonly origin: string;
  close(): Promise<void>;
}

const products = ['Green tea', 'Black tea', 'Crème brûlée', 'Espresso', 'Salt & pepper'];
const items = products.map((name, index) => ({ id: index + 1, name }));

/** How many requests the route that is busy every other time has had. */
let busyRequests = 0;

type Answer = (
  response: ServerResponse,
  request: {
    method: string;
    body: string;
    authorization: string;
    cookie: string | undefined;
    range: string | undefined;
  },
) => void;

const answers: Readonly<Record<string, Answer>> = {
  '/feed.xml': (response) => {
    response.setHeader('content-type', 'application/xml');
    void sendFeed(response);
  },
  '/catalogue.xml': (response, { range }) => {
    const text = Buffer.from(
      `<catalogue>\n${[1, 2, 3].map((id) => `<item id="${id}"><title>${products[id - 1] ?? ''}</title></item>`).join('\n')}\n</catalogue>`,
    );
    const from = Number(/\d+/.exec(range ?? '0')?.[0]);
    response.statusCode = range === undefined ? 200 : 206;
    response.setHeader('etag', '"1"');
    if (range !== undefined) {
      response.setHeader('content-range', `bytes ${from}-${text.length - 1}/${text.length}`);
    }
    send(response, 'application/xml', text.subarray(from));
  },
  '/old-feed.xml': (response) => void response.writeHead(301, { location: '/feed.xml' }).end(),
  '/cut.xml': (response) => {
    const start = '<rss>\n <item><title>Green tea</title></item>\n <item><title>Bl';
    send(response, 'application/xml', start);
  },
  '/unreliable.xml': (response, { range }) => {
    const text = Buffer.from(
      '<rss><item><title>Green tea</title></item><item><title>Black tea</title></item></rss>',
    );
    const first = Number(/\d+/.exec(range ?? '')?.[0] ?? 0);
    const fields = { etag: '"tea"', 'content-length': text.length - first };
    if (first > 0)
      response.writeHead(206, {
        ...fields,
        'content-range': `bytes ${first}-${text.length - 1}/${text.length}`,
      });
    else response.writeHead(200, fields);
    if (first > 0) response.end(text.subarray(first));
    else response.write(text.subarray(0, 50), () => response.socket?.end());
  },
  '/broken.xml': (response) => {
    const text =
      '<rss>\n  <item><title>Green tea</title></item>\n  <item><title>Salt & pepper</title></item>\n</rss>';
    send(response, 'application/xml', text);
  },
  '/windows-1252.txt': (response) => {
    send(response, 'text/plain;charset=windows-1252', Buffer.from('4.90 €'.replace('€', '\x80'), 'latin1'));
  },
  '/unlabelled.txt': (response) => {
    send(response, 'text/plain', Buffer.from('Crème', 'latin1'));
  },
  '/latin.xml': (response) => {
    const text = '<?xml version="1.0" encoding="iso-8859-1"?><item>Crème brûlée</item>';
    send(response, 'application/xml', Buffer.from(text, 'latin1'));
  },
  '/v1/items': (response, { method, body }) => {
    if (method === 'POST') {
      const created = {
        id: 6,
        ...(body.startsWith('{') ? (JSON.parse(body) as object) : { received: body.length }),
      };
      send(response.writeHead(201, { 'content-type': 'application/json' }), '', JSON.stringify(created));
    } else send(response, 'application/json', JSON.stringify(items));
  },
  '/v1/items/3': (response) => {
    send(response, 'application/json', JSON.stringify(items[2]));
  },
  '/v1/me': (response, { authorization }) => {
    response.statusCode = authorization === '' ? 401 : 200;
    response.setHeader('www-authenticate', 'Bearer');
    send(
      response,
      'application/json',
      JSON.stringify(authorization === '' ? { error: 'who are you?' } : { name: 'Ada' }),
    );
  },
  '/session': (response, { cookie = null }) => {
    response.setHeader('set-cookie', 'session=1; HttpOnly');
    send(response, 'application/json', JSON.stringify({ cookie }));
  },
  '/staff': (response, { authorization }) => {
    const [user] = Buffer.from(authorization.replace('Basic ', ''), 'base64').toString().split(':');
    if (authorization === '') response.writeHead(401, { 'www-authenticate': 'Basic realm="staff"' });
    send(response, 'text/plain', authorization === '' ? 'who are you?' : `hello, ${user ?? ''}`);
  },
  '/open.json': (response) => {
    response.setHeader('access-control-allow-origin', '*');
    send(response, 'application/json', '{"open":true}');
  },
  '/tea.html': (response) => {
    const text = '<!doctype html><title>Tea</title><ul><li id=green>Green tea<li id=black>Black tea</ul>';
    send(response, 'text/html;charset=utf-8', text);
  },
  '/v1/busy': (response) => {
    if (busyRequests++ % 2 === 0) response.writeHead(503, { 'retry-after': '0' }).end();
    else send(response, 'application/json', '{"stock":12}');
  },
  '/prices.ndjson': (response) => {
    send(response, 'application/x-ndjson', '{"id":1,"price":4.9}\n{"id":2,"price":3.5}\n');
  },
  '/stock': (response) => {
    send(
      response,
      'text/event-stream',
      'event: stock\nid: 1\ndata: {"item":3,"left":12}\n\nevent: stock\nid: 2\ndata: {"item":3,"left":11}\n\n',
    );
  },
  '/robots.txt': (response) => {
    send(response, 'text/plain', 'User-agent: *\nDisallow: /cart\n');
  },
  '/silent': () => undefined,
};

/** Starts the server on a free port of the loopback interface. */
export async function openShop(): Promise<Shop> {
  const server = createServer((request, response) => {
    const { pathname } = new URL(request.url ?? '/', 'http://shop.example');
    const parts: Buffer[] = [];
    request.on('data', (part: Buffer) => parts.push(part));
    request.on('end', () => {
      const { method = 'GET', headers } = request;
      const body = Buffer.concat(parts).toString();
      const answer = answers[pathname];
      if (answer !== undefined)
        answer(response, {
          method,
          body,
          authorization: headers.authorization ?? '',
          cookie: headers.cookie,
          range: headers.range,
        });
      else
        send(response.writeHead(404, { 'content-type': 'application/json' }), '', '{"error":"no such page"}');
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => {
          resolve();
        });
        server.closeAllConnections();
      }),
  };
}

function send(response: ServerResponse, type: string, body: string | Buffer): void {
  if (!response.headersSent)
    response.setHeader('content-type', type).setHeader('content-length', Buffer.byteLength(body));
  response.end(body);
}

/** 2,000 products, in pieces that end anywhere, written as fast as they are read. */
async function sendFeed(response: ServerResponse): Promise<void> {
  const gone = once(response, 'close');
  response.write(
    '<?xml version="1.0" encoding="UTF-8"?>\n<rss xmlns:g="http://base.google.com/ns/1.0"><channel>\n<title>Shop</title>\n',
  );
  for (let id = 1; id <= 2_000 && !response.destroyed; id++) {
    const title = (products[(id - 1) % products.length] ?? '').replace('&', '&amp;');
    const item = `<item><g:id>${id}</g:id><title>${title}</title><g:price>${(id % 9) + 1}.90 EUR</g:price><g:image/></item>\n`;
    if (!response.write(item)) await Promise.race([once(response, 'drain'), gone]);
  }
  response.end('</channel></rss>\n');
}
