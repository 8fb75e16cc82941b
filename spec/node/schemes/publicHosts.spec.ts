import { createSecureServer, type ServerHttp2Session } from 'node:http2';
import { type AddressInfo, isIP, type LookupFunction, Socket } from 'node:net';
import t from 'tap';
import { Agent } from 'undici';
import { nodeAdapter } from '../../../source/adapters/node.js';
import { type Connector } from '../../../source/node/schemes/HttpConnections.js';
import { publicHosts } from '../../../source/node/schemes/publicHosts.js';
import { carriedIPv4 } from '../../../source/node/schemes/specialPurposeAddresses.js';
import { requestFactory } from '../../../source/request/requestFactory.js';
import { createXMLHttpRequest } from '../../../source/xmlhttprequest.js';
import { ftpServer } from '../../helpers/ftpServer.js';
import { originServer } from '../../helpers/originServer.js';
import { record, type Recording } from '../../helpers/record.js';
import { selfSigned } from '../../helpers/selfSigned.js';

const inside = await originServer((_, response) => response.end('inside'));
t.teardown(() => inside.close());
const { port } = new URL(inside.origin);

function run(url: string, guard: Connector): Promise<Recording> {
  return record(requestFactory(() => nodeAdapter({ guard, schemes: ['ftp', 'ftps'] }))()(url));
}

/** What the guard says of one literal address. */
function verdict(guard: Connector, hostname: string): Promise<'refused' | 'open'> {
  return new Promise((resolve) => {
    // undici's own connector gives the socket, which is not waited for.
    const connect: (...parameters: Parameters<Connector>) => unknown = guard;
    const socket = connect({ hostname, protocol: 'http:', port: '9' }, (...[error]) => {
      if (error !== null) resolve('code' in error && error.code === 'ERR_NOT_PUBLIC' ? 'refused' : 'open');
    });
    if (!(socket instanceof Socket)) return;
    socket.on('error', () => undefined);
    socket.destroy();
    resolve('open');
  });
}

const special =
  '0.0.0.0 0.1.2.3 10.0.0.0 10.255.255.255 100.64.0.0 100.127.255.255 127.0.0.1 127.255.255.255 169.254.169.254 172.16.0.1 ' +
  '172.31.255.255 192.0.0.0 192.0.0.170 192.0.2.1 192.168.0.1 198.18.0.0 198.19.255.255 198.51.100.1 203.0.113.1 ' +
  '224.0.0.1 239.255.255.255 240.0.0.1 255.255.255.255 ' +
  ':: ::1 0:0:0:0:0:0:0:1 ::127.0.0.1 ::7f00:1 ::ffff:127.0.0.1 ::ffff:7f00:1 0:0:0:0:0:ffff:127.0.0.1 ::FFFF:8.8.8.8 ' +
  '::ffff:0:127.0.0.1 64:ff9b::127.0.0.1 64:ff9b::8.8.8.8 64:ff9b:1::a00:1 100::1 100:0:0:1::1 200::1 2001::1 ' +
  '2001:0:4136:e378:8000:63bf:3fff:fdd2 2001:db8::1 2002:7f00:1:: 2002:808:808::1 2620:4f:8000::1 3fff::1 4000::1 5f00::1 ' +
  'fc00::1 fd00::1 fe80::1 fe80::1%eth0 fe80::1%1 ::1%lo febf::1 fec0::1 ff02::1 ff0e::1%2 FE80::A';
const open =
  '1.0.0.1 8.8.8.8 9.255.255.255 11.0.0.0 100.63.255.255 100.128.0.0 126.255.255.255 128.0.0.0 169.253.0.1 172.15.0.1 ' +
  '172.32.0.1 192.0.1.0 192.167.255.255 198.17.255.255 198.20.0.0 223.255.255.255 ' +
  '2001:200::1 2606:4700:4700::1111 2a00:1450:4001:830::200e 2000::1 3ffe::1';
t.test('addresses that are not public are refused, however they are written', async (t) => {
  const guard = publicHosts();
  for (const address of special.split(' ')) t.equal(await verdict(guard, address), 'refused', address);
  for (const address of open.split(' ')) t.equal(await verdict(guard, address), 'open', address);
  for (const address of special.split(' ')) {
    const lookup: LookupFunction = (_, { all }, callback) => {
      const family = isIP(address);
      if (all === true) callback(null, [{ address, family }]);
      else callback(null, address, family);
    };
    const { error } = await run('http://name.example/', publicHosts({ lookup }));
    t.match(error, { phase: 'connect', message: /is not a public address/ }, `a name for ${address}`);
  }
});

t.test('hosts that are numbers are refused in every scheme', async (t) => {
  const before = inside.requests.length;
  const hosts =
    '2130706433 0x7f.1 127.1 0177.0.0.1 0x7f000001 0 127.0.0.1. ①②⑦.0.0.1 [::ffff:127.0.0.1] localhost';
  for (const host of hosts.split(' ')) {
    for (const scheme of ['http', 'https', 'ftp', 'ftps']) {
      const { error } = await run(`${scheme}://${host}:${port}/`, publicHosts());
      // The URL standard leaves the hosts of ftps: as they are, so that the name server is asked for some.
      const words = scheme === 'ftps' ? /is not a public address|\(dns\)/ : /is not a public address/;
      t.match(error, { code: 'ERR_NETWORK', message: words }, `${scheme}://${host}/`);
    }
  }
  t.equal(inside.requests.length, before);
});

t.test('what is denied stays denied where it is allowed, and inside other addresses', async (t) => {
  const guard = publicHosts({
    allow: ['10.0.0.0/8', '64:ff9b::/96', '::ffff:0:0/96', '2002::/16', '8.8.8.8'],
    deny: ['10.1.0.0/16', '8.8.0.0/16', '2606:4700::/32'],
  });
  const verdicts = {
    '10.2.0.1': 'open',
    '10.1.0.1': 'refused',
    '8.8.8.8': 'refused',
    '8.9.8.8': 'open',
    '2606:4700::1': 'refused',
    '64:ff9b::1.1.1.1': 'open',
    '64:ff9b::8.8.4.4': 'refused',
    '::ffff:8.8.4.4': 'refused',
    '2002:808:404::1': 'refused',
    '2002:909:404::1': 'open',
    '64:ff9b::169.254.169.254': 'refused',
    '64:ff9b::10.2.0.1': 'open',
    '64:ff9b::10.1.0.1': 'refused',
    '::ffff:127.0.0.1': 'refused',
    '2002:7f00:1::1': 'refused',
    '127.0.0.1': 'refused',
  };
  for (const [address, expected] of Object.entries(verdicts)) {
    t.equal(await verdict(guard, address), expected, address);
  }
});

t.test('an address that is named is allowed, however it is written', async (t) => {
  for (const named of [
    '::1',
    '::1/128',
    '0:0:0:0:0:0:0:1',
    '::ffff:127.0.0.1',
    '::FFFF:7F00:1/128',
    '64:ff9b::7f00:1',
  ]) {
    const address = named.split('/', 1)[0] ?? '';
    t.equal(await verdict(publicHosts({ allow: [named] }), address), 'open', named);
    t.equal(await verdict(publicHosts({ allow: [named], deny: [named] }), address), 'refused', named);
  }
});

t.test('carriedIPv4 finds the address inside', (t) => {
  const rows = [
    ['::ffff:1.2.3.4', '1.2.3.4'],
    ['::FFFF:102:304', '1.2.3.4'],
    ['0:0:0:0:0:ffff:1.2.3.4', '1.2.3.4'],
    ['::ffff:0:1.2.3.4', '1.2.3.4'],
    ['::1.2.3.4', '1.2.3.4'],
    ['64:ff9b::1.2.3.4', '1.2.3.4'],
    ['64:ff9b::255.255.255.255', '255.255.255.255'],
    ['2002:102:304::1', '1.2.3.4'],
    ['2002:102:304:5:6:7:8:9', '1.2.3.4'],
    ['2002::', '0.0.0.0'],
    ['::1%lo', undefined],
    ['::', undefined],
    ['::2', '0.0.0.2'],
    ['::ffff:1.2.3.4%7', '1.2.3.4'],
    ['64:ff9b:1::1.2.3.4', '1.2.3.4'],
    ['2001:0:4136:e378:8000:63bf:3fff:fdd2', '192.0.2.45'],
    ['2001:1::1', undefined],
    ['2606:4700::1', undefined],
    ['1.2.3.4', undefined],
    ['nonsense', undefined],
  ] as const;
  for (const [address, expected] of rows) t.equal(carriedIPv4(address), expected, address);
  t.end();
});

t.test('options that make no sense, or lead past the guard, are refused', (t) => {
  const rows: readonly (readonly [options: object, message: RegExp])[] = [
    [{ connect: { socketPath: '/run/docker.sock' } }, /connect\.socketPath would lead past the guard/],
    [{ connect: { path: '/run/docker.sock' } }, /connect\.path/],
    [{ connect: { lookup: () => undefined } }, /connect\.lookup/],
    [{ lookup: 'dns' }, /lookup must be a function/],
    [{ allow: '10.0.0.0/8' }, /not '1'/],
    [{ deny: ['example.org'] }, /not 'example.org'/],
    [{ allow: [undefined] }, /not 'undefined'/],
    [{ deny: [{}] }, /not '\[object Object\]'/],
    [{ refuse: [] }, /Unknown option of publicHosts 'refuse'/],
  ];
  for (const [options, message] of rows) t.throws(() => publicHosts(options), { name: 'TypeError', message });
  t.end();
});

t.test('holds over HTTP/2, for redirects and in a class', async (t) => {
  const server = createSecureServer({ ...selfSigned, allowHTTP1: true }, (request, response) => {
    if (request.url === '/moved') response.writeHead(302, { location: 'https://10.0.0.1/' }).end();
    else response.end(request.httpVersion);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const sessions = new Set<ServerHttp2Session>();
  server.on('session', (session) => sessions.add(session));
  t.teardown(() => {
    server.close();
    for (const session of sessions) session.destroy();
  });
  const origin = `https://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const connect = { allowH2: true, rejectUnauthorized: false };
  t.match((await run(origin, publicHosts({ connect }))).error, { message: /127\.0\.0\.1 is not/ });
  const guard = publicHosts({ connect, allow: ['127.0.0.1'] });
  t.match((await run(`${origin}/moved`, guard)).error, { message: /10\.0\.0\.1 is not/ });
  const dispatcher = new Agent({ connect: guard, allowH2: true });
  t.teardown(() => dispatcher.destroy());
  const Class = createXMLHttpRequest({ dispatcher });
  const ended = (path: string): Promise<{ readonly text: string; readonly error: unknown }> =>
    new Promise((resolve) => {
      const xhr = new Class();
      let error: unknown;
      xhr.open('GET', `${origin}${path}`);
      xhr.onerror = (event) => ({ error } = event as unknown as { error: unknown });
      xhr.onloadend = () => {
        resolve({ text: xhr.responseText, error });
      };
      xhr.send();
    });
  t.equal((await ended('/')).text, '2.0');
  t.match((await ended('/moved')).error, { message: /10\.0\.0\.1 is not/ });
});

t.test('holds for FTP, whose data connection goes where its control connection went', async (t) => {
  const server = await ftpServer({
    EPSV: '500 What?',
    PASV: '227 Entering passive mode (10,0,0,1,4,1)',
  });
  t.teardown(() => server.close());
  t.match((await run(`${server.origin}/a`, publicHosts())).error, { message: /127\.0\.0\.1 is not/ });
  t.equal(server.connections(), 0);
  const { error } = await run(`${server.origin}/a`, publicHosts({ allow: ['127.0.0.0/8'] }));
  t.match(error, { message: /names another host for its data connection/ });
  t.equal(server.connections(), 1);
});
