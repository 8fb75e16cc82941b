import t from 'tap';
import { ftpFacts, FtpReplies, type FtpReply } from '../../../source/node/schemes/FtpReplies.js';
import { type FtpTarget, ftpTarget } from '../../../source/node/schemes/ftpTarget.js';
import { type SchemeRequest } from '../../../source/node/schemes/SchemeHandler.js';

function read(pieces: readonly string[], limit = 1000): FtpReply[] {
  const replies = new FtpReplies(limit, () => new RangeError('too long'));
  const output: FtpReply[] = [];
  for (const piece of pieces) replies.write(piece, output);
  return output;
}

t.test('FtpReplies', (t) => {
  const conversation =
    '220 Hello\r\n230-Several\r\n 230 lines\r\n230x, 231 and\r\n\r\n230 here.\r\n\r\n331\r\n226-\n226 \n150 Go\r\n';
  const expected = [
    { code: 220, message: '220 Hello' },
    { code: 230, message: '230-Several\n 230 lines\n230x, 231 and\n\n230 here.' },
    { code: 331, message: '331' },
    { code: 226, message: '226-\n226 ' },
    { code: 150, message: '150 Go' },
  ];

  t.test('reads replies of one line and of several', (t) => {
    t.same(read([conversation]), expected);
    t.end();
  });

  t.test('reads them the same however they are split', (t) => {
    t.same(read(Array.from(conversation)), expected, 'character by character');
    for (let cut = 0; cut <= conversation.length; cut++) {
      t.same(read([conversation.slice(0, cut), conversation.slice(cut)]), expected, `at ${cut}`);
    }
    t.end();
  });

  t.test('waits for the end of a line, and of the last one', (t) => {
    t.same(read(['226 Transfer compl']), []);
    t.same(read(['226-Transfer\r\n226-compl']), []);
    t.end();
  });

  t.test('refuses an invalid reply, after those before it', (t) => {
    for (const garbage of [
      'HTTP/1.1 400 Bad Request',
      '99 x',
      '22',
      '600 x',
      '000 x',
      '2200',
      '\0\0',
      '<html>',
    ]) {
      const output: FtpReply[] = [];
      const replies = new FtpReplies(1000, () => new RangeError());
      t.throws(() => {
        replies.write(`220 Hello\r\n${garbage}\r\n`, output);
      }, /this is no reply of an FTP server: "/);
      t.equal(output.length, 1, garbage);
    }
    t.end();
  });

  t.test('bounds a line and a reply of several', (t) => {
    const long = 'x'.repeat(100);
    const tooLong = { message: 'too long' };
    t.throws(() => read(['220 ', long], 100), tooLong);
    t.throws(() => read([`220 ${long}\r\n`], 100), tooLong);
    t.throws(() => read(['220-\r\n', ...Array.from({ length: 11 }, () => 'another line\r\n')], 100), tooLong);
    t.throws(() => read(['220-\r\n', ...Array.from({ length: 200 }, () => '\n')], 100), tooLong);
    t.equal(
      read(
        Array.from({ length: 100 }, () => '220 a reply\r\n'),
        100,
      ).length,
      100,
    );
    t.end();
  });
  t.end();
});

t.test('ftpTarget', (t) => {
  const target = (url: string, headers: readonly string[] = []): FtpTarget | string =>
    ftpTarget({ url, headers } as SchemeRequest);
  const usual = {
    host: 'a.example',
    port: 21,
    isSecure: false,
    user: 'anonymous',
    password: 'anonymous@',
    type: 'I',
  };
  const secure = { port: 990, isSecure: true };

  t.test('parses URLs', (t) => {
    const cases: [url: string, expected: Partial<FtpTarget>][] = [
      ['ftp://a.example', { path: '', isDirectory: true }],
      ['ftp://A.example/', { path: '', isDirectory: true }],
      ['ftp://a.example/b/c', { path: 'b/c', isDirectory: false }],
      ['ftp://a.example/b/./x/../c/', { path: 'b/c/', isDirectory: true }],
      ['ftp://a.example//b', { path: '/b' }],
      ['ftp://a.example/%2Fb', { path: '/b' }],
      ['ftp://a.example/%e4%', { path: '\xe4%' }],
      ['ftp://a.example/ä', { path: '\xc3\xa4' }],
      ['ftp://a.example/%20b', { path: './ b' }],
      ['ftp://a.example/b?c=%3b&d#e', { path: 'b?c=;&d' }],
      ['ftp://a.example/b;type=A', { path: 'b', type: 'A' }],
      ['ftp://a.example/b;type=i', { path: 'b', type: 'I' }],
      ['ftp://a.example/b;TYPE=d', { path: 'b', type: 'D', isDirectory: true }],
      ['ftp://a.example/;type=a/b', { path: ';type=a/b', type: 'I' }],
      ['ftp://a.example/b%3Btype=a', { path: 'b;type=a', type: 'I' }],
      ['ftp://a.example:2121/', { port: 2121 }],
      ['ftp://a.example:990/', { port: 990, isSecure: false }],
      ['ftp://[2001:db8::1]/', { host: '2001:db8::1' }],
      ['ftp://u@a.example/', { user: 'u', password: '' }],
      ['ftp://u%3A:p%3Aq@a.example/', { user: 'u:', password: 'p:q' }],
      ['ftp://:p@a.example/', { user: 'anonymous', password: 'p' }],
      ['ftps://a.example', { ...secure, path: '', isDirectory: true }],
      ['ftps://a.example:21/b', { ...secure, path: 'b', port: 21 }],
      ['ftps://BÜCHER.example/', { ...secure, host: 'xn--bcher-kva.example' }],
      ['ftps://[::1]/b', { ...secure, host: '::1' }],
    ];
    for (const [url, expected] of cases) t.match(target(url), { ...usual, ...expected }, url);
    t.end();
  });

  t.test('lets nothing in that would end a command', (t) => {
    for (const url of [
      'ftp://a.example/b%0d%0aDELE%20c',
      'ftp://a.example/b%0A',
      'ftp://a.example/b%00',
      'ftp://a.example/?%0D',
      'ftp://u%0d%0aDELE:p@a.example/',
      'ftp://u:p%0a@a.example/',
    ]) {
      t.match(target(url), /contains a line break or NUL/, url);
    }
    t.match(
      target('ftp://a.example/', ['authorization', `Basic ${btoa('u:p\r\nDELE x')}`]),
      /the password contains/,
    );
    t.equal(target('ftps://'), 'the URL has no valid host');
    t.end();
  });

  t.test('takes the login from an Authorization field if the URL has none', (t) => {
    const basic = (login: string): string[] => ['accept', '*/*', 'Authorization', `Basic ${btoa(login)}`];
    t.match(target('ftp://a.example/', basic('u:p:q')), { user: 'u', password: 'p:q' });
    t.match(target('ftp://v@a.example/', basic('u:p')), { user: 'v', password: '' });
    t.match(target('ftp://a.example/', ['authorization', 'Bearer x']), { user: 'anonymous' });
    t.end();
  });
  t.end();
});

t.test('ftpFacts', (t) => {
  const facts = (size?: string, time?: string): unknown =>
    ftpFacts(
      size === undefined ? undefined : { code: 213, message: size },
      time === undefined ? undefined : { code: 213, message: time },
    );
  t.same(facts(), { total: undefined, headers: [] });
  t.same(facts('213 17', '213 20240229235959.123'), {
    total: 17,
    headers: ['content-length', '17', 'last-modified', 'Thu, 29 Feb 2024 23:59:59 GMT'],
  });
  for (const [size, time] of [
    ['550 none', '550 none'],
    ['213 ', '213 2024'],
    ['213 -1', '213 20241301000000'],
    ['213 12345678901234567', '213 191001010000000'],
    ['213 0x10', '213 99999999999999'],
  ]) {
    t.same(facts(size, time), { total: undefined, headers: [] }, `${size} and ${time}`);
  }
  t.end();
});
