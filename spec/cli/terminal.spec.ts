import { createServer } from 'node:net';
import { type AddressInfo } from 'node:net';
import t, { type Test } from 'tap';
import { main } from '../../source/cli/main.js';
import { terminalSafe } from '../../source/cli/output/terminalSafe.js';
import { safeIo } from '../../source/cli/safeIo.js';
import { parseXml } from '../../source/parsing/xml/parseXml.js';
import { nodePlatform } from '../../source/parsing/xml/nodePlatform.js';
import { bindXmlPlatform } from '../../source/parsing/xml/xmlPlatform.js';
import { type XmlEvent } from '../../source/parsing/xml/XmlEvent.js';
import { fakeIo } from './fakeIo.js';

bindXmlPlatform(nodePlatform);

/** Everything that a terminal obeys or an attacker hopes it does. */
const controls = String.fromCharCode(
  ...Array.from({ length: 32 }, (_, code) => code),
  ...Array.from({ length: 33 }, (_, code) => 0x7f + code),
);
/** What of it may stand in an XML 1.0 document, as itself or as a reference. */
const inXml = controls.replace(/[\0-\x08\x0b\x0c\x0e-\x1f]/g, '');

/** Answers every request with these bytes. */
async function rawServer(t: Test, head: string, body: string): Promise<string> {
  const server = createServer((socket) => {
    socket.on('error', () => undefined);
    socket.once('data', () => socket.end(Buffer.from(`${head}\r\n\r\n${body}`)));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  t.teardown(() => server.close());
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
}

/** Runs the command on a terminal and asserts that nothing which a terminal obeys is written, save lines and the bar's own codes. */
async function isHarmless(t: Test, what: string, ...args: readonly string[]): Promise<string> {
  const io = fakeIo({ stdoutColumns: 60, stderrColumns: 60 });
  await main(args, io);
  const all = io.stdout.text + io.stderr.text;
  t.notMatch(all.replaceAll('\r\u001b[K', ''), /[\0-\x08\x0b-\x1f\x7f-\x9f]/, what);
  t.not(all, '', `${what}: something is written`);
  return all;
}

t.test('terminalSafe leaves text, lines and tabs, and makes every control visible', (t) => {
  t.equal(terminalSafe('a\tb\nc\r\né抹👍🏽'), 'a\tb\nc\r\né抹👍🏽');
  t.equal(terminalSafe('\u001b]0;x\u0007\r\u009b2J\u007f\0'), '␛]0;x␇␍\ufffd2J␡␀');
  t.notMatch(terminalSafe(controls), /[\0-\x08\x0b-\x1f\x7f-\x9f]/);
  t.end();
});

t.test('a line end that is cut in two stays one', (t) => {
  const io = fakeIo({ stdoutColumns: 80 });
  const { stdout } = safeIo(io);
  for (const piece of ['a\r', '\nb\r', 'c\r']) stdout.write(piece);
  stdout.write('\n');
  t.equal(io.stdout.text, 'a\r\nb␍c\r\n');
  t.end();
});

t.test('a pipe gets text as it is', async (t) => {
  const io = fakeIo();
  t.equal(await main([`data:text/plain,${encodeURIComponent(controls)}`, '--format', 'text'], io), 0);
  t.equal(io.stdout.text, controls);
});

t.test('what a server sends does nothing to the terminal, in any format', async (t) => {
  const json = JSON.stringify([
    { [`${controls}k`]: controls, list: [controls], deep: { [controls]: controls } },
  ]);
  const bodies = {
    'application/json': json,
    'application/x-ndjson': json,
    'text/event-stream': `data: ${controls.replace(/[\n\r]/g, '')}\n\n`,
    'text/plain': controls,
  };
  for (const [type, body] of Object.entries(bodies)) {
    const url = `data:${type},${encodeURIComponent(body)}`;
    for (const format of ['', 'ndjson', 'json', 'table', 'text']) {
      await isHarmless(t, `${type} ${format}`, url, ...(format === '' ? [] : ['-F', format]));
    }
  }
  const escaped = controls.replace(/[^\0]/g, (control) => `&#${control.charCodeAt(0)};`).replace('\0', '');
  const xml = `<?xml version="1.1"?><r><a b="${escaped}">${escaped}<c xmlns:p="urn:p"><d xmlns:p="">x</d></c></a></r>`;
  const url = `data:text/xml,${encodeURIComponent(xml)}`;
  for (const format of ['', 'ndjson', 'json', 'table', 'text', 'xml']) {
    const args = format === '' ? [] : ['-F', format];
    await isHarmless(t, `elements ${format}`, url, '-s', 'a', ...args);
    await isHarmless(t, `fields ${format}`, url, '-s', 'a', '-f', 't=.,@b', ...args);
  }
});

t.test('XML output is well-formed XML 1.0, whatever the records hold', async (t) => {
  const references = controls.replace(/[^\0]/g, (control) => `&#${control.charCodeAt(0)};`).replace('\0', '');
  const xml = `<?xml version="1.1"?><r xmlns:p="urn:p"><a b="${references}" c=' xmlns:q=""'>${references} xmlns:q=""<d xmlns:p="">x</d></a></r>`;
  const url = `data:text/xml,${encodeURIComponent(xml)}`;
  for (const args of [[], ['-f', 't=.,@b']]) {
    const io = fakeIo();
    t.equal(await main([url, '-s', 'a', '-F', 'xml', ...args], io), 0);
    const events: XmlEvent[] = [];
    const parser = parseXml();
    parser.write(Buffer.from(io.stdout.text), events);
    parser.end(events);
    const text = events.map((event) => (event.type === 'text' ? event.text : '')).join('');
    for (const control of inXml) t.ok(text.includes(control), `U+${control.charCodeAt(0).toString(16)}`);
    t.match(text, 'xmlns:q=""', 'text that looks like a declaration stays');
    t.match(io.stderr.text, /^readystream: \d+ characters that XML 1\.0 does not allow became U\+FFFD\n$/);
  }
});

t.test('JSON output keeps every character', async (t) => {
  const value = { [controls]: controls };
  for (const format of ['ndjson', 'json']) {
    const io = fakeIo();
    await main([`data:application/json,${encodeURIComponent(JSON.stringify([value]))}`, '-F', format], io);
    t.same([JSON.parse(io.stdout.text)].flat(), [value]);
    t.notMatch(io.stdout.text, /[\0-\x09\x0b-\x1f\x7f-\x9f]/);
  }
});

t.test('heads, errors and redirects do nothing to the terminal either', async (t) => {
  const evil = '\u001b]0;x\u009b2J\u0085\u007f';
  const heads = [
    `HTTP/1.1 204 No${evil}`,
    `HTTP/1.1 500 No${evil}\r\nContent-Type: text/plain`,
    `HTTP/1.1 200 OK\r\nContent-Type: x/y${evil}`,
    `HTTP/1.1 200 OK\r\nContent-Encoding: x${evil}`,
    `HTTP/1.1 302 Found\r\nLocation: http://${evil}/`,
    `HTTP/1.1 302 Found\r\nLocation: x${evil}:y`,
    `HTTP/1.1 200 OK\r\nX${evil}: y`,
    `HTTP/1.1 999${evil} \r\n`,
  ];
  for (const head of heads) {
    const url = await rawServer(t, `${head}\r\nConnection: close`, evil);
    await isHarmless(t, JSON.stringify(head), url, '-F', 'table');
    await isHarmless(t, `${JSON.stringify(head)}, as XML`, url, '-s', 'a');
  }
  for (const xml of [`<a>&x${evil};</a>`, `<a${evil}/>`, `<a></b${evil}>`, `<a x="${evil}">`, evil]) {
    await isHarmless(t, JSON.stringify(xml), `data:text/xml,${encodeURIComponent(xml)}`, '-s', 'a');
  }
  for (const json of [`{"${evil}"`, `[${evil}]`, `"${evil}`]) {
    await isHarmless(t, json, `data:application/json,${encodeURIComponent(json)}`);
  }
  for (const args of [
    [evil],
    ['--x' + evil],
    ['data:,', '-F', evil],
    ['data:,', '-s', evil],
    ['data:,', '-H', evil],
  ]) {
    await isHarmless(t, JSON.stringify(args), ...args);
  }
});
