import t from 'tap';
import { type RequestCommand } from '../../source/cli/Command.js';
import { UsageError } from '../../source/cli/exit.js';
import { helpText } from '../../source/cli/helpText.js';
import { optionTable } from '../../source/cli/optionTable.js';
import { parseArguments } from '../../source/cli/parseArguments.js';
import { parseFields } from '../../source/cli/parseFields.js';
import { parseTimeout } from '../../source/cli/parseTimeout.js';
import { defaultLimits } from '../../source/options/limits.js';
import { resolveInput } from '../../source/cli/resolveInput.js';

function parseRequest(...argv: string[]): RequestCommand {
  const command = parseArguments(argv);
  if (command.kind !== 'request') throw new Error(`it is a ${command.kind}`);
  return command;
}

/** The message of the usage error that the function throws. */
function complaint(act: () => unknown): string {
  try {
    act();
  } catch (error) {
    if (error instanceof UsageError) return error.message;
    throw error;
  }
  return 'none';
}

t.test('reads every option, long and short, before and after the URL', (t) => {
  const long = parseRequest(
    ...[
      'http://a/',
      '--select',
      'item',
      '--fields',
      'id=@id',
      '--ns',
      'g=urn:g',
      '--ns',
      '=urn:d',
      '--entities',
      'html',
    ],
    ...[
      '--format',
      'table',
      '--limit',
      '5',
      '--progress',
      '--method',
      'PUT',
      '--header',
      'X-A: 1: 2',
      '--header',
      'x-b:',
    ],
    ...['--data', 'a=b', '--timeout', '2', '--max-redirects', '0', '--mime-type', 'text/xml', '--allow-file'],
  );
  t.same(long, {
    kind: 'request',
    target: 'http://a/',
    allowFile: true,
    select: 'item',
    fields: [{ name: 'id', selector: undefined, attribute: 'id', isList: false }],
    namespaces: { g: 'urn:g', '': 'urn:d' },
    entities: 'html',
    recover: false,
    entry: undefined,
    limit: 5,
    format: 'table',
    progress: true,
    method: 'PUT',
    headers: [
      ['X-A', '1: 2'],
      ['x-b', ''],
    ],
    data: 'a=b',
    dataFile: undefined,
    timeout: { total: 2_000 },
    maxRedirects: 0,
    limits: {},
    mimeType: 'text/xml',
  });
  const short = parseRequest(
    ...['-s', 'item', '-f', 'id=@id', '-n', 'g=urn:g', '-n=urn:d', '--entities=html', '-F', 'table', '-l5'],
    ...[
      '--progress',
      '-X',
      'PUT',
      '-H',
      'X-A: 1: 2',
      '-H',
      'x-b:',
      '-d',
      'a=b',
      '-t',
      '2s',
      '--max-redirects=0',
    ],
    ...['--mime-type=text/xml', '--allow-file', '--', 'http://a/'],
  );
  t.same(short, { ...long, namespaces: short.namespaces });
  t.end();
});

t.test('leaves what is not given to its default', (t) => {
  const { limit, progress, format, fields, timeout, headers, namespaces } = parseRequest('http://a/');
  t.same(
    { limit, progress, format, fields, timeout, headers, namespaces },
    {
      limit: Infinity,
      progress: undefined,
      format: undefined,
      fields: undefined,
      timeout: undefined,
      headers: [],
      namespaces: {},
    },
  );
  t.equal(parseRequest('http://a/', '--no-progress').progress, false);
  t.equal(parseRequest('http://a/', '--data-file', 'body.bin').dataFile, 'body.bin');
  t.end();
});

t.test('reads limits one by one, with units, and reaches all of them', (t) => {
  const { limits } = parseRequest(
    'http://a/',
    '--limits',
    'xmlDepth=5, documentBytes=1.5Gi',
    '--limits=headerBytes=none',
  );
  t.same(limits, { xmlDepth: 5, documentBytes: 1.5 * 2 ** 30, headerBytes: Infinity });
  const all = Object.keys(defaultLimits).map((name) => `${name}=2Ki`);
  t.same(
    parseRequest('http://a/', '--limits', all.join()).limits,
    Object.fromEntries(Object.keys(defaultLimits).map((name) => [name, 2048])),
  );
  t.end();
});

t.test('shows the demo without arguments, and help and version wherever they are asked for', (t) => {
  t.equal(parseArguments([]).kind, 'demo');
  t.equal(parseArguments(['--demo']).kind, 'demo');
  t.equal(parseArguments(['http://a/', '--help']).kind, 'help');
  t.equal(parseArguments(['-h']).kind, 'help');
  t.equal(parseArguments(['-V']).kind, 'version');
  t.end();
});

t.test('refuses a command line that makes no sense, and says what would', (t) => {
  const cases: readonly (readonly [RegExp, ...string[]])[] = [
    [/no option --wat; the options are --select .*--version/, 'http://a/', '--wat'],
    [/no option -z;/, 'http://a/', '-z'],
    [/--allow-file takes no value/, 'http://a/', '--allow-file=yes'],
    [/-l needs a value: --limit=N/, 'http://a/', '-l'],
    [/--fields needs a value/, '--fields', '--limit', '3', 'http://a/'],
    [/--limit is there twice/, '--limit=1', '--limit=2', 'http://a/'],
    [/which URL/, '--limit', '1'],
    [/which URL/, ''],
    [/one URL at a time: there are 2/, 'http://a/', 'http://b/'],
    [/--demo stands alone/, '--demo', 'http://a/'],
    [/--limit: '0' is no whole number of at least 1/, 'http://a/', '--limit', '0'],
    [/--limit: '1e3'/, 'http://a/', '--limit', '1e3'],
    [/--max-redirects: '-1'/, 'http://a/', '--max-redirects=-1'],
    [/no format 'csv'; the formats are ndjson, json/, 'http://a/', '--format', 'csv'],
    [/--ns: cannot read 'g'; write PREFIX=URI/, 'http://a/', '-s', 'a', '--ns', 'g'],
    [/--ns: the prefix 'g' is there twice/, 'http://a/', '-s', 'a', '--ns', 'g=a', '--ns', 'g=b'],
    [
      /--header: number 2 has no name before a colon; write 'NAME: VALUE'/,
      'http://a/',
      '-H',
      'a: b',
      '-H',
      'nothing',
    ],
    [
      /--limits: there is no limit 'depth'; the limits are headerBytes, .*documentBytes/,
      'http://a/',
      '--limits',
      'depth=1',
    ],
    [/--limits: cannot read 'xmlDepth'; write NAME=N/, 'http://a/', '--limits', 'xmlDepth'],
    [/--limits: cannot read 'xmlDepth=1k'; write a number/, 'http://a/', '--limits', 'xmlDepth=1k'],
    [
      /--limits: the limit 'xmlDepth' appears twice/,
      'http://a/',
      '--limits',
      'xmlDepth=1',
      '--limits=xmlDepth=2',
    ],
    [/--entities: there is no set 'xhtml'/, 'http://a/', '-s', 'a', '--entities', 'xhtml'],
    [/--fields is about selected elements: add --select/, 'http://a/', '--fields', 'id'],
    [/--entities is about selected elements/, 'http://a/', '--entities', 'html'],
    [/--ns is about selected elements/, 'http://a/', '--ns', 'g=urn:g'],
    [/--format xml prints selected elements/, 'http://a/', '--format', 'xml'],
    [/--format raw prints the body as it is/, 'http://a/', '-s', 'a', '--format', 'raw'],
    [/either --data or --data-file/, 'http://a/', '--data', 'x', '--data-file', 'y'],
    [/either --progress or --no-progress/, 'http://a/', '--progress', '--no-progress'],
  ];
  for (const [expected, ...argv] of cases)
    t.match(
      complaint(() => parseArguments(argv)),
      expected,
      argv.join(' '),
    );
  t.end();
});

t.test('reads the fields of a record', (t) => {
  const field = (name: string, selector?: string, attribute?: string, isList = false) => ({
    name,
    selector,
    attribute,
    isList,
  });
  t.same(parseFields('id=g|id, title'), [field('id', 'g|id'), field('title', 'title')]);
  t.same(parseFields('@id,link/@href,own=.'), [
    field('@id', undefined, 'id'),
    field('link/@href', 'link', 'href'),
    field('own'),
  ]);
  t.same(parseFields('images[]=g|image,links[]=a/@g|href'), [
    field('images', 'g|image', undefined, true),
    field('links', 'a', 'g|href', true),
  ]);
  t.same(
    parseFields(`a=:is(b, c),d[x="1,2=]"],e=f[y='/'] > g/@h`),
    [field('a', ':is(b, c)'), field('d[x="1,2=]"]', 'd[x="1,2=]"]'), field('e', `f[y='/'] > g`, 'h')],
    'what stands in brackets and quotes belongs to the selector',
  );
  t.end();
});

t.test('refuses fields that cannot be read', (t) => {
  t.match(
    complaint(() => parseFields('a,,b')),
    /cannot read '' in 'a,,b'; write name=selector/,
  );
  t.match(
    complaint(() => parseFields('=a')),
    /cannot read '=a'/,
  );
  t.match(
    complaint(() => parseFields('a=')),
    /cannot read 'a='/,
  );
  t.match(
    complaint(() => parseFields('[]=a')),
    /cannot read '\[\]=a'/,
  );
  t.match(
    complaint(() => parseFields('image/url')),
    /cannot read 'image\/url'; a path is a selector \(child elements: image > url\)/,
  );
  t.match(
    complaint(() => parseFields('a=@')),
    /cannot read '@'/,
  );
  t.match(
    complaint(() => parseFields('/@id')),
    /no selector before the '\/'; write @id/,
  );
  t.match(
    complaint(() => parseFields('id,id=@id')),
    /'id' is there twice; rename one: other=id/,
  );
  t.end();
});

t.test('reads time limits', (t) => {
  t.same(parseTimeout('30'), { total: 30_000 });
  t.same(parseTimeout('1.5s'), { total: 1_500 });
  t.same(parseTimeout('500ms'), { total: 500 });
  t.same(parseTimeout('connect=5s, headers=10s,idle=2m,total=1h'), {
    connect: 5_000,
    headers: 10_000,
    idle: 120_000,
    total: 3_600_000,
  });
  t.match(
    complaint(() => parseTimeout('0')),
    /a time above 0/,
  );
  t.match(
    complaint(() => parseTimeout('')),
    /cannot read ''/,
  );
  t.match(
    complaint(() => parseTimeout('5 days')),
    /cannot read '5 days'/,
  );
  t.match(
    complaint(() => parseTimeout('read=5s')),
    /no limit 'read'; the limits are connect, send, headers, idle, total/,
  );
  t.match(
    complaint(() => parseTimeout('1s,total=2s')),
    /'total' is there twice/,
  );
  t.end();
});

t.test('tells URLs from files, and reads files only where that is allowed', (t) => {
  const resolve = (target: string, allowFile = false) => resolveInput({ target, allowFile });
  t.same(resolve('HTTP://a/b'), { url: 'HTTP://a/b', isFile: false, mimeType: undefined });
  t.same(resolve('data:,x', true), { url: 'data:,x', isFile: false, mimeType: undefined });
  t.same(resolve('/tmp/a b#c.xml', true), {
    url: 'file:///tmp/a%20b%23c.xml',
    isFile: true,
    mimeType: undefined,
  });
  t.equal(resolve('file:///x/Y.JSON', true).mimeType, 'application/json');
  t.equal(resolve('x.jsonl', true).mimeType, 'application/x-ndjson');
  t.match(
    complaint(() => resolve('feed.xml')),
    /'feed.xml' is a file, .* --allow-file$/,
  );
  t.match(
    complaint(() => resolve('//ada:secret@shop.example/feed.xml')),
    /^'\/\/…@shop.example\/feed.xml' is a file/,
  );
  t.match(
    complaint(() => resolve('file:///etc/hosts')),
    /--allow-file$/,
  );
  t.match(
    complaint(() => resolve('shop.example/feed.xml')),
    /for a web address, write https:\/\/shop.example\/feed.xml/,
  );
  t.match(
    complaint(() => resolve('localhost:8080/x', true)),
    /did you mean http:\/\/localhost:8080\/x\?/,
  );
  t.match(
    complaint(() => resolve('gopher://x')),
    /cannot read gopher: URLs, only http:, https:, data:/,
  );
  t.end();
});

t.test('the help tells of every option and every exit code, in lines that fit', (t) => {
  const help = helpText('1.2.3');
  for (const { name } of optionTable.flatMap(([, options]) => options)) t.match(help, `--${name} `);
  const [, exitCodes = ''] = /\nEXIT CODES\n([^]*?)\n\n/.exec(help) ?? [];
  t.same(
    [...exitCodes.matchAll(/^ *(\d+) {2}\S/gm)].map(([, code]) => Number(code)),
    [0, 1, 2, 3, 4, 5, 6, 7, 130],
  );
  t.match(exitCodes, /143/);
  t.same(
    help.split('\n').filter((line) => line.length > 88),
    [],
  );
  t.match(help, 'readystream 1.2.3');
  t.end();
});
