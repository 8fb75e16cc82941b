import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { gunzipSync, gzipSync } from 'node:zlib';
import t from 'tap';
import { runDemo } from '../../source/cli/demo/runDemo.js';
import { ClosedPipeError } from '../../source/cli/exit.js';
import { main } from '../../source/cli/main.js';
import { safeIo } from '../../source/cli/safeIo.js';
import { nodePlatform } from '../../source/parsing/xml/nodePlatform.js';
import { recoverXml } from '../../source/parsing/xml/recovery/recoverXml.js';
import { bindXmlPlatform } from '../../source/parsing/xml/xmlPlatform.js';
import { bindXmlRecovery } from '../../source/parsing/xml/xmlRecovery.js';
import { hour, hourClock } from '../helpers/hourClock.js';
import { fakeIo, type FakeIoOptions } from './fakeIo.js';
import { feed, feedServer } from './feedServer.js';

bindXmlPlatform(nodePlatform);
bindXmlRecovery(recoverXml);
const server = await feedServer();
t.teardown(() => server.close());

/** Runs the command against a path of the server, in this process. */
async function run(path: string, args: readonly string[] = [], options: FakeIoOptions = {}) {
  const io = fakeIo(options);
  const exitCode = await main([path.startsWith('/') ? server.origin + path : path, ...args], io);
  t.equal(io.signal('SIGINT'), false, 'no listener of a signal is left behind');
  return { exitCode, out: io.stdout.text, bytes: io.stdout.bytes, err: io.stderr.text };
}

t.test('prints whole records as NDJSON', async (t) => {
  const { exitCode, out, err } = await run('/feed', [
    '--select',
    'channel > item',
    '--limit',
    '1',
    '--ns',
    'x=urn:g',
  ]);
  t.equal(exitCode, 0);
  t.equal(out, '{"@id":"1","x:id":"A","title":"Thé","link":{"@href":"/a"}}\n');
  t.equal(err, '');
});

t.test('prints the fields that were asked for, null where there is nothing', async (t) => {
  const fields = 'id=g|id,title,@id,link/@href,images[]=img,all=.';
  const { exitCode, out } = await run('/gzip', ['-s', 'item', '-n', 'g=urn:g', '-f', fields]);
  t.equal(exitCode, 0);
  t.same(
    out
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line) as unknown),
    [
      { id: 'A', title: 'Thé', '@id': '1', 'link/@href': '/a', images: [], all: 'AThé' },
      {
        id: 'B',
        title: 'Café & crème',
        '@id': '2',
        'link/@href': null,
        images: ['x', 'y'],
        all: 'B Café & crème xy',
      },
      { id: 'C', title: null, '@id': '3', 'link/@href': null, images: [], all: 'C' },
    ],
  );
});

t.test('unpacks a body that is packed, and says so', async (t) => {
  const args = ['-s', 'item', '-f', '@id'];
  const out = '{"@id":"1"}\n{"@id":"2"}\n{"@id":"3"}\n';
  t.same(await run('/feed.xml.gz', args), {
    exitCode: 0,
    out,
    bytes: Buffer.from(out),
    err: 'readystream: the body is gzip: it is unpacked\n',
  });
  const zip = await run('/feeds.zip', [...args, '--entry', 'feed.xml']);
  t.equal(zip.out, out);
  t.equal(zip.err, "readystream: the body is a zip archive: 'feed.xml' of it is read\n");
  const first = await run('/feeds.zip', ['-s', 'item', '-f', '.']);
  t.equal(first.out, '{".":"a"}\n');
  t.equal(
    first.err,
    "readystream: the body is a zip archive: 'a.xml' of it is read\n" +
      "readystream: there are more files in the archive, as 'feed.xml': choose one by --entry NAME\n",
  );
  const missing = await run('/feeds.zip', [...args, '--entry', 'x']);
  t.equal(missing.exitCode, 6);
  t.match(
    missing.err,
    /^readystream: The zip archive holds no file "x", but "a\.xml", "feed\.xml", "c\.xml" of http/,
  );
  t.equal((await run('/feed.xml.gz', ['-F', 'text'])).out, feed);
  t.equal((await run('/feeds.zip', ['--entry', 'x', '-F', 'raw'])).exitCode, 2);
});

t.test('bytes that are asked for as they are stay packed', async (t) => {
  const { bytes, err } = await run('/feed.xml.gz', ['-F', 'raw']);
  t.equal(gunzipSync(bytes).toString(), feed);
  t.equal(err, '');
  t.match(await run('/feed.xml.gz'), { out: feed, err: 'readystream: the body is gzip: it is unpacked\n' });
});

t.test('a packed body that is larger than it may be ends the run after the records before', async (t) => {
  const { exitCode, out, err } = await run('/bomb.xml.gz', ['-s', 'b', '-f', '.']);
  t.equal(exitCode, 7);
  t.equal(out, '{".":"1"}\n');
  t.match(err, 'exceeded limits.decompressionRatio (200)');
});

t.test('unpacks a file', async (t) => {
  const path = join(t.testdir({}), 'items.json.gz');
  writeFileSync(path, gzipSync('[{"id":1}]'));
  t.equal((await run(pathToFileURL(path).href, ['--allow-file', '-F', 'ndjson'])).out, '{"id":1}\n');
});

t.test('prints records in every format', async (t) => {
  const args = ['-s', 'item', '-n', 'g=urn:g'];
  const print = async (...more: string[]) => (await run('/feed', [...args, ...more])).out;
  t.same(JSON.parse(await print('-f', 'id=g|id', '-F', 'json')), [{ id: 'A' }, { id: 'B' }, { id: 'C' }]);
  t.equal((JSON.parse(await print('-F', 'json')) as unknown[]).length, 3);
  t.equal(
    await print('-f', 'no=@id,title', '-F', 'table'),
    'no  title\n──  ────────────\n 1  Thé\n 2  Café & crème\n 3\n',
  );
  t.match(await print('-F', 'table'), /^@id {2}g:id {2}title .*link/);
  t.equal(await print('-f', 'no=@id,title', '-F', 'text'), '1\tThé\n2\tCafé & crème\n3\t\n');
  t.equal(await print('-F', 'text', '-l', '1'), 'AThé\n');

  const document = await print('-F', 'xml');
  const again = await run(`data:text/xml,${encodeURIComponent(document)}`, [...args, '-s', 'records > item']);
  t.equal(again.exitCode, 2, 'an option that is there twice is refused');
  const records = await run(`data:text/xml,${encodeURIComponent(document)}`, [
    '-s',
    'records > item',
    ...args.slice(2),
  ]);
  t.equal(records.out, await print(), 'the XML is well-formed and holds the same records');
  const fields = await print('-F', 'xml', '-f', 'id=g|id,title');
  const reread = await run(`data:text/xml,${encodeURIComponent(fields)}`, [
    '-s',
    'record',
    '-f',
    't=[name=title]',
  ]);
  t.equal(reread.out, '{"t":"Thé"}\n{"t":"Café & crème"}\n{"t":null}\n');
});

t.test('without --select prints what the media type is', async (t) => {
  t.equal(
    (await run('/json')).out,
    `${JSON.stringify([{ id: 1, n: 'é' }, { id: 2 }, { id: 3 }], null, 2)}\n`,
  );
  t.equal((await run('/json', ['-l', '1'])).out, `${JSON.stringify([{ id: 1, n: 'é' }], null, 2)}\n`);
  t.equal((await run('/json', ['-F', 'ndjson', '-l', '2'])).out, '{"id":1,"n":"é"}\n{"id":2}\n');
  t.equal((await run('/json', ['-F', 'table'])).out, 'id  n\n──  ─\n 1  é\n 2\n 3\n');
  t.equal((await run('/json', ['-F', 'text'])).out, '[{"id":1,"n":"é"},{"id":2},{"id":3}]');
  t.equal((await run('/object', ['-F', 'ndjson'])).out, '{"id":1}\n');
  t.equal((await run('/ndjson')).out, '{"id":1}\n{"id":2}\n');
  t.same(JSON.parse((await run('/ndjson', ['-F', 'json'])).out), [{ id: 1 }, { id: 2 }]);
  t.match((await run('/events', ['-l', '1'])).out, /^\{"type":"tick","data":"1".*\}\n$/);
  t.equal((await run('/feed')).out, feed);
  t.same((await run('/png')).bytes, Buffer.from([0x89, 0x50, 0, 0xff]));
  t.same((await run('/latin1')).bytes, Buffer.from([0xe9, 10, 0xe8, 10]), 'bytes stay as they are');
  t.equal((await run('/latin1', ['-F', 'text'])).out, 'é\nè\n');
  t.equal((await run('/latin1', ['-F', 'text', '-l', '1'])).out, 'é\n');
  t.equal(
    (await run('/png', ['--mime-type', 'text/plain;charset=latin1', '-F', 'text', '-l', '1'])).out,
    '‰P\0ÿ\n',
  );
});

t.test('a terminal gets text, and no bytes that are none', async (t) => {
  t.equal((await run('/latin1', [], { stdoutColumns: 80 })).out, 'é\nè\n');
  const image = await run('/png', [], { stdoutColumns: 80 });
  t.equal(image.exitCode, 2);
  t.match(image.err, /image\/png is not for a terminal: send it to a file/);
  t.equal(image.out, '');
  t.equal((await run('/png', ['-F', 'raw'], { stdoutColumns: 80 })).bytes.length, 4);
});

t.test('refuses to make records of what has none', async (t) => {
  const table = await run('/latin1', ['-F', 'table']);
  t.equal(table.exitCode, 2);
  t.match(table.err, /text\/plain has no records of its own; add --select/);
  const limited = await run('/png', ['-l', '3']);
  t.equal(limited.exitCode, 2);
  t.match(limited.err, /--limit: a body of type image\/png has no records/);
});

t.test('says so where there is nothing to print', async (t) => {
  t.match(await run('/feed', ['-s', 'entry']), {
    exitCode: 0,
    out: '',
    err: /nothing matches --select 'entry'/,
  });
  t.match(await run('/feed', ['-s', 'entry', '-F', 'json']), { exitCode: 0, out: '[]\n' });
  t.match(await run('/empty', ['-s', 'entry']), {
    exitCode: 0,
    out: '',
    err: /204 No Content: there is no body/,
  });
  t.match(await run('/feed', ['-s', 'item', '-X', 'HEAD']), {
    exitCode: 0,
    out: '',
    err: /200 OK: there is no body/,
  });
});

t.test('sends what it is told to', async (t) => {
  const echo = async (...args: string[]) =>
    JSON.parse((await run('/echo', args)).out) as {
      method: string;
      headers: Record<string, string>;
      body: string;
    };
  const posted = await echo('-d', 'a=é', '-H', 'content-type: text/x', '-H', 'X-A: 1', '-H', 'x-a: 2');
  t.match(posted, { method: 'POST', body: 'a=é', headers: { 'content-type': 'text/x', 'x-a': '1, 2' } });
  const file = join(t.testdir(), 'body');
  writeFileSync(file, 'from a file');
  t.match(await echo('-H', 'Range: bytes=0-3'), {
    headers: { range: 'bytes=0-3', 'accept-encoding': 'identity' },
  });
  t.match(await echo('--data-file', file, '-X', 'put'), {
    method: 'PUT',
    body: 'from a file',
    headers: { 'content-length': '11' },
  });
  t.match(await run('/moved', ['--max-redirects', '0']), { exitCode: 3, err: /redirect/i });
  t.match(await run('/moved', ['--max-redirects', '1', '-s', 'item', '-l', '1']), { exitCode: 0 });
});

t.test('reads files where it may, and says what they are by their name', async (t) => {
  const directory = t.testdir({ 'feed.xml': feed, 'list.json': '[1]', 'lines.ndjson': '1\n2\n' });
  const file = join(directory, 'feed.xml');
  const args = ['-s', 'item', '-f', 'id=@id', '-l', '1'];
  t.match(await run(pathToFileURL(file).href, ['--allow-file', ...args]), {
    exitCode: 0,
    out: '{"id":"1"}\n',
  });
  const previous = process.cwd();
  process.chdir(directory);
  t.teardown(() => {
    process.chdir(previous);
  });
  t.match(await run('feed.xml', ['--allow-file', ...args]), { exitCode: 0, out: '{"id":"1"}\n' });
  t.match(await run('list.json', ['--allow-file']), { exitCode: 0, out: '[\n  1\n]\n' });
  t.match(await run('lines.ndjson', ['--allow-file']), { exitCode: 0, out: '1\n2\n' });
  t.match(await run('feed.xml', args), { exitCode: 2, out: '', err: /--allow-file/ });
  t.match(await run('nothing.xml', ['--allow-file']), {
    exitCode: 3,
    err: /ENOENT[^]*check that the file is there/,
  });
});

t.test('keeps names without a prefix to a namespace, or to none', async (t) => {
  const url = `data:text/xml,${encodeURIComponent('<a xmlns:m="u"><b><m:title>m</m:title><title>t</title></b></a>')}`;
  const title = async (...args: string[]) =>
    (await run(url, ['-s', '*|b', '-f', 'title', '-F', 'text', ...args])).out;
  t.equal(await title(), 'm\n');
  t.equal(await title('--ns', '='), 't\n');
  t.equal(await title('--ns', '=u'), 'm\n');
  t.equal((await run(url, ['-s', 'b', '--ns', 'g='])).exitCode, 2);
});

t.test('reads entities of files', async (t) => {
  const url = 'data:text/xml,<a>%26brand; %26lt; %26eacute; %26co;</a>';
  const folder = t.testdir({
    'a.json': '{"brand": "Ada & Co", "co": "C"}',
    'b.ent': '<!-- <!ENTITY brand "x"> -->\n<!ENTITY brand "B"><!ENTITY co \'&#38;#38; &#233;&amp;\'>',
    'c.ent': 'nothing',
    'd.json': '{"a": 1}',
    'e.json': '{',
  });
  const print = (...files: string[]) =>
    run(url, [
      '-s',
      'a',
      '-F',
      'text',
      ...files.flatMap((file) => ['--entities', file === 'html' ? file : join(folder, file)]),
    ]);
  t.match(await print('a.json', 'html'), { exitCode: 0, out: 'Ada & Co < é C\n' });
  t.match(await print('html', 'b.ent'), { exitCode: 0, out: 'B < é & é&\n' });
  t.match(await print('a.json'), { exitCode: 6, err: /entity "eacute" is not declared/ });
  t.match(await print('a.json', 'b.ent', 'html'), { out: 'Ada & Co < é C\n' });
  t.match(await print('c.ent'), { exitCode: 2, err: /c\.ent' declares nothing: write/ });
  t.match(await print('d.json'), { exitCode: 2, err: /'a' in '.*' is not a text/ });
  t.match(await print('e.json'), { exitCode: 2, err: /is not valid JSON/ });
});

t.test('reads on through what is wrong, and counts the repairs', async (t) => {
  const feed = `<a>${'<b>x & y</b>'.repeat(7)}<b>&nbsp;</b></a>`;
  const url = `data:text/xml,${encodeURIComponent(feed)}`;
  t.match(await run(url, ['-s', 'b', '-F', 'text']), { exitCode: 6, err: /try +--recover/ });
  const { exitCode, out, err } = await run(url, ['-s', 'b', '-F', 'text', '--recover']);
  t.equal(exitCode, 0);
  t.equal(out, `${'x & y\n'.repeat(7)}\n`);
  const shown = Array.from(
    { length: 5 },
    (_, index) => `readystream: repaired bareAmpersand at line 1, column ${9 + index * 12}: &\n`,
  );
  t.equal(err, `${shown.join('')}readystream: 8 repairs: bareAmpersand 7, undeclaredEntity 1\n`);
  const cut = await run('data:text/xml,<a>%26 <b>1</b>', ['-s', 'b', '-F', 'text', '--recover']);
  t.match(cut, {
    exitCode: 6,
    out: '1\n',
    err: /1 repair: bareAmpersand 1\nreadystream: The document ends before/,
  });
  const whole = await run('data:text/xml,<a><b>1</b></a>', ['-s', 'b', '-F', 'text', '--recover']);
  t.match(whole, { exitCode: 0, err: '' });
  t.equal((await run(url, ['--recover'])).exitCode, 2);
});

t.test('reads entities of HTML where that is allowed', async (t) => {
  const url = 'data:text/xml,<a>caf&eacute;</a>';
  t.match(await run(url, ['-s', 'a', '-F', 'text']), { exitCode: 6, err: /eacute[^]*--entities html/ });
  t.match(await run(url, ['-s', 'a', '-F', 'text', '--entities', 'html']), { exitCode: 0, out: 'café\n' });
});

t.test(
  'holds the response to the limits that are given, and names the option of one that was passed',
  async (t) => {
    const url = 'data:text/xml,<a><b><c/></b></a>';
    t.match(await run(url, ['-s', 'b', '--limits', 'xmlDepth=2']), {
      exitCode: 7,
      err: /limits\.xmlDepth \(2\)[^]*--limits xmlDepth=20/,
    });
    t.match(await run(url, ['-s', 'b', '--limits', 'xmlDepth=3']), { exitCode: 0 });
    t.match(
      await run(url, ['--limits', 'bufferedBytes=2', '-F', 'json', '--mime-type', 'application/json']),
      {
        exitCode: 7,
        err: /--limits bufferedBytes=20/,
      },
    );
  },
);

t.test('tells failures by exit codes and says where and what to do', async (t) => {
  t.match(await run('/malformed', ['-s', 'b']), {
    exitCode: 6,
    out: '{"#text":"1"}\n',
    err: /^readystream: .*line 3, column 5.* of http:.*\/malformed\n {2}printed {2}1 record/,
  });
  t.match(await run('/malformed', ['-s', 'b', '-F', 'json']), { exitCode: 6, out: /^\[\n[^\]]*$/ });
  t.match(await run('/deep', ['-s', 'b']), { exitCode: 7, out: '', err: /xmlDepth/ });
  t.match(await run('/broken.json'), { exitCode: 6, err: /line 1, column 7/ });
  t.match(await run('/missing', ['-s', 'b']), {
    exitCode: 5,
    out: '',
    err: /404 Not Found\n {2}body {5}no such feed/,
  });
  t.match(await run('/cut', ['-s', 'b']), { exitCode: 3, out: '{"#text":"1"}\n', err: /phase {4}body/ });
  t.match(await run('/silent', ['-t', '50ms']), {
    exitCode: 4,
    err: /timeout\.total is 50 ms.*\n {2}phase {4}total/,
  });
  const clock = hourClock();
  t.teardown(() => {
    clock.restore();
  });
  const onWrite = (text: string): void => {
    // The last record that comes before the silence.
    if (text.includes('"2"'))
      setImmediate(() => {
        clock.pass(hour);
      });
  };
  t.match(await run('/held', ['-s', 'b', '-t', 'idle=1h'], { onWrite }), {
    exitCode: 4,
    err: /phase {4}idle\n {2}printed {2}2 records/,
  });
  t.equal(await server.closed('/held'), 'broken');
  t.match(await run('http://127.0.0.1:1/'), { exitCode: 3, err: /127\.0\.0\.1:1\/.*\n {2}phase {4}connect/ });
});

t.test('finds what is wrong with selectors and headers before anything is sent', async (t) => {
  const bad = async (...args: string[]) => run('http://127.0.0.1:1/', args);
  t.match(await bad('-s', 'a::before'), { exitCode: 2, err: /a::before/ });
  t.match(await bad('-s', 'q|a'), { exitCode: 2, err: /say what it means by --ns q=URI/ });
  t.match(await bad('-s', 'a', '-f', 'x=q|b'), { exitCode: 2, err: /q\|b/ });
  t.match(await bad('-s', 'a', '-f', 'x=@q|b'), { exitCode: 2, err: /q\|b/ });
  t.match(await bad('-H', 'x: \u20ac'), { exitCode: 2, err: /header 'x'/ });
  t.match(await bad('-d', 'x', '-X', 'GET'), { exitCode: 2, err: /GET request cannot have a body/ });
  t.match(await bad('--wat'), { exitCode: 2, err: /no option --wat.*\n.*--help/ });
});

t.test('prints help and version', async (t) => {
  const io = fakeIo();
  t.equal(await main(['--version'], io), 0);
  t.equal(io.stdout.text, '1.2.3\n');
  t.match((await run('--help')).out, /^readystream 1\.2\.3[^]*EXIT CODES/);
});

t.test('stops the request once the reader of the output has gone', async (t) => {
  const { exitCode, err } = await run('/endless', ['-s', 'b'], {
    onWrite: () => {
      throw new ClosedPipeError();
    },
  });
  t.equal(exitCode, 0);
  t.equal(err, '');
  t.equal(await server.closed('/endless'), 'broken');
});

t.test('the demo ends quietly too where nobody reads on', async (t) => {
  const io = fakeIo({
    onWrite: () => {
      throw new ClosedPipeError();
    },
  });
  t.equal(await main([], io), 0);
  t.notMatch(io.stderr.text, /closed/);
});

t.test('says so where the output cannot be written', async (t) => {
  const { exitCode, err } = await run('/feed', ['-s', 'item'], {
    onWrite: () => {
      throw Object.assign(new Error('ENOSPC: no space left on device, write'), { syscall: 'write' });
    },
  });
  t.equal(exitCode, 1);
  t.equal(err, 'readystream: cannot write the output: ENOSPC: no space left on device, write\n');
});

t.test('a signal stops it with the code that shells expect', async (t) => {
  for (const [signal, code] of [
    ['SIGINT', 130],
    ['SIGTERM', 143],
  ] as const) {
    const io = fakeIo({ onWrite: () => setImmediate(() => io.signal(signal)) });
    t.equal(await main([`${server.origin}/held`, '-s', 'b', '-F', 'table'], io), code);
    t.equal(io.stdout.text, '#text\n─────\n    1\n    2\n', 'rows that were held back are printed');
    t.equal(io.stderr.text, 'readystream: stopped after 2 records\n');
  }
});

t.test('shows a bar on a terminal, which makes way for records, and a summary in its place', async (t) => {
  const onNote = (text: string): void => {
    // The bar has been drawn: time for the third record.
    if (text.includes('2 records')) server.release();
  };
  // What stands on the terminal where a record is to come.
  const before: string[] = [];
  const onWrite = (): void => {
    before.push(io.stderr.text);
  };
  const io = fakeIo({ stdoutColumns: 60, stderrColumns: 60, onNote, onWrite });
  t.equal(await main([`${server.origin}/held`, '-s', 'b'], io), 0);
  const bar = /19 B {2}.*\/s {2}2 records {2}/;
  t.match(io.stderr.text, bar);
  const third = before.at(-1) ?? '';
  t.match(third, bar, 'the bar was drawn before the third record');
  t.ok(third.endsWith('\r\u001b[K'), 'and is erased before it');
  t.match(io.stderr.text, /3 records in .*, the first after .*\n.*peak memory 90.0 MB\n$/);
  t.same(
    [...new Set(io.stderr.text.match(/\u001b[^]{2}/g))],
    ['\u001b[K'],
    'no other code, which would move the cursor where records have scrolled, or cut long ones',
  );
});

t.test('reports on a log where it is asked to, and is silent where it is not', async (t) => {
  t.match(
    (await run('/feed', ['-s', 'item', '--progress'])).err,
    /^3 records in .*\n.*peak memory 90.0 MB\n$/,
  );
  t.match((await run('/png', ['--progress'])).err, /^4 B in .*peak memory/);
  t.equal((await run('/feed', ['-s', 'item'])).err, '');
  t.equal((await run('/feed', ['-s', 'item', '--no-progress'], { stderrColumns: 80 })).err, '');
});

t.test('the demo prints the first records and a summary', async (t) => {
  const io = fakeIo({ stdoutColumns: 80 });
  t.equal(await runDemo(safeIo(io), 250), 0);
  t.match(io.stdout.text, /A feed of 250 products/);
  t.match(io.stdout.text, /P-00001 {2}Smörgås.*\n/);
  t.match(io.stdout.text, /P-00010.*\n…\n/);
  t.notMatch(io.stdout.text, /P-00011/);
  t.match(io.stderr.text, /^250 records in .*\n.*on the wire\), .*\/s, peak memory/);
});
