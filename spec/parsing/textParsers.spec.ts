import assert from 'node:assert/strict';
import fc from 'fast-check';
import t from 'tap';
import { defaultLimits } from '../../source/options/limits.js';
import { decodeText } from '../../source/parsing/decodeText.js';
import { type IncrementalParser } from '../../source/parsing/IncrementalParser.js';
import { explainJsonError, parseJson } from '../../source/parsing/parseJson.js';
import { parseJsonLines } from '../../source/parsing/parseJsonLines.js';
import { parseServerSentEvents, type ServerSentEvent } from '../../source/parsing/parseServerSentEvents.js';
import { pipeParsers } from '../../source/parsing/pipeParsers.js';
import { splitLines } from '../../source/parsing/splitLines.js';
import { parse, testParser } from '../conformance/parsers.js';
import { cutAt } from '../helpers/chunkings.js';
import { holds } from '../helpers/property.js';

const request = { method: 'GET', url: 'http://x.test/', repeatable: true };
const limits = { ...defaultLimits, lineCharacters: 4 };
const overLimit =
  'LimitError: GET http://x.test/ exceeded limits.lineCharacters (4): raise it if you trust the source';

testParser(t, 'splitLines', [
  ...(
    [
      ['', []],
      ['one', ['one']],
      ['one\n', ['one']],
      ['one\ntwo', ['one', 'two']],
      ['one\r\ntwo\r\n', ['one', 'two']],
      ['one\rtwo\r', ['one', 'two']],
      ['\n\r\n\r\r\n\n', ['', '', '', '', '']],
      ['a\n\rb\r\n\nc\r\r', ['a', '', 'b', '', 'c', '']],
      ['a\u2028b\u0085c\vd\f😀\n', ['a\u2028b\u0085c\vd\f😀']],
    ] as const
  ).map(([input, values]) => ({
    title: encodeURI(input),
    make: () => splitLines({ request }),
    input,
    values,
  })),
  ...(
    [
      ['abcd\nabcd\r\nabcd', ['abcd', 'abcd', 'abcd']],
      ['abcd\nabcde', ['abcd'], overLimit],
      ['abcd\nabcde\nx', ['abcd'], overLimit],
    ] as const
  ).map(([input, values, error]) => ({
    title: `at most 4 characters: ${JSON.stringify(input)}`,
    make: () => splitLines({ request, limits }),
    input,
    values,
    ...(error === undefined ? {} : { error }),
  })),
]);

t.test('splitLines takes time linear in the text', (t) => {
  // With only one kind of line end, the other must not be searched again at every line.
  const lines = 200_000;
  for (const end of ['\n', '\r', '\r\n']) {
    t.equal(parse(splitLines(), [`x${end}`.repeat(lines)]).values.length, lines, JSON.stringify(end));
  }
  const output: string[] = [];
  const parser = splitLines();
  for (let piece = 0; piece < lines; piece++) parser.write('x', output);
  parser.end(output);
  t.equal(output[0]?.length, lines, 'a line in many pieces');
  t.end();
});

t.test('splitLines yields the same lines as a split of the whole text', (t) => {
  const text = fc
    .array(fc.constantFrom('\r', '\n', 'a', 'b'), { maxLength: 20 })
    .map((list) => list.join(''));
  holds(
    t,
    'for any text and any cuts',
    fc.property(text, fc.array(fc.nat(20), { maxLength: 5 }), (input, offsets) => {
      const expected = input.split(/\r\n|\r|\n/);
      if (expected.at(-1) === '') expected.pop();
      assert.deepEqual(parse(splitLines(), cutAt(input, offsets)).values, expected);
    }),
  );
  t.end();
});

const jsonLines = (): IncrementalParser<string, unknown> =>
  pipeParsers(splitLines({ request }), parseJsonLines({ request }));
testParser<string, unknown>(t, 'parseJsonLines', [
  {
    title: 'values',
    make: jsonLines,
    input: '{"a":"é\\n"}\n\n  \t\r\n[1,2]\r\nnull\n"x"',
    values: [{ a: 'é\n' }, [1, 2], null, 'x'],
  },
  {
    title: 'a JSON text sequence',
    make: jsonLines,
    input: '\x1e{"a":1}\n\x1e\n\x1e\x1e 2\n',
    values: [{ a: 1 }, 2],
  },
  { title: 'nothing', make: jsonLines, input: '', values: [] },
  {
    title: 'a malformed line',
    make: jsonLines,
    input: '1\n\n{"a" 1}\n2\n',
    values: [1],
    error: String.raw`ParseError: Invalid JSON after 1 value: unexpected "1" near "{\"a\" 1}" at line 3, column 6 of http://x.test/`,
  },
  {
    title: 'a last line cut short',
    make: jsonLines,
    input: '\x1e[1',
    values: [],
    error:
      'ParseError: Invalid JSON after 0 values: unexpected end near " [1" at line 1, column 4 of http://x.test/',
  },
]);

const event = (data: string, rest: Partial<ServerSentEvent> = {}): ServerSentEvent => ({
  type: 'message',
  data,
  id: '',
  retry: undefined,
  ...rest,
});
const serverSentEvents = (): IncrementalParser<string, ServerSentEvent> => parseServerSentEvents({ request });
testParser(t, 'parseServerSentEvents', [
  ...(
    [
      ['data: one\n\ndata:two\r\n\r\ndata:  three\r\r', [event('one'), event('two'), event(' three')]],
      ['data: YHOO\ndata: +2\ndata: 10\n\n', [event('YHOO\n+2\n10')]],
      ['data\n\ndata\ndata\n\ndata:', [event(''), event('\n')]],
      [': comment\n\n:\ndata:x:y\n\n', [event('x:y')]],
      [
        'event: add\ndata: 1\n\ndata: 2\n\nevent: none\n\ndata: 3\n\n',
        [event('1', { type: 'add' }), event('2'), event('3')],
      ],
      [
        'id: 1\ndata: a\n\ndata: b\n\nid\ndata: c\n\n',
        [event('a', { id: '1' }), event('b', { id: '1' }), event('c')],
      ],
      ['id: 1\n\nid: 2\0\ndata: a\n\n', [event('a', { id: '1' })]],
      [
        'retry: 5\ndata: a\n\nretry: 1.5\nretry: ٣\nretry:\ndata: b\n\n',
        [event('a', { retry: 5 }), event('b', { retry: 5 })],
      ],
      ['Data: a\n data: b\nunknown: c\ndata : d\n\n', []],
      ['\ufeffdata: a\n\ndata: b\n\n', [event('b')]],
      ['data: whole\n\ndata: cut off\n', [event('whole')]],
      ['', []],
    ] as const
  ).map(([input, values]) => ({ title: JSON.stringify(input), make: serverSentEvents, input, values })),
]);

t.test('the size of an event is limited, and complete events before it are emitted', (t) => {
  const bounded = { request, limits: { ...defaultLimits, lineCharacters: 10 } };
  const error = overLimit.replace('(4)', '(10)');
  t.strictSame(
    parse(parseServerSentEvents(bounded), ['data:1\n\n', 'data:2345\n', 'data:6789\n', 'data:0\n\n']),
    {
      values: [event('1')],
      error,
    },
  );
  t.strictSame(parse(parseServerSentEvents(bounded), ['data:1\n\ndata:234567\n\nevent:2345\n']), {
    values: [event('1')],
    error,
  });
  t.strictSame(parse(parseServerSentEvents(bounded), ['data:12345\n\n'.repeat(3)]).values.length, 3);
  t.end();
});

t.test(
  'parseJson returns the value of a whole text, null for an empty one, and reports the position of invalid JSON',
  (t) => {
    t.strictSame(parseJson(' {"a":[1,"é😀"]}\n'), { a: [1, 'é😀'] });
    t.strictSame(parseJson(''), null);
    t.throws(() => parseJson('{\n  "a": é\n}', { request, url: 'http://y.test/' }), {
      name: 'ParseError',
      message: String.raw`Invalid JSON: unexpected "é" near "{\n  \"a\": é\n}" at line 2, column 8 (offset 9) of http://y.test/`,
    });
    t.end();
  },
);

t.test('the first error in a JSON text is found, in the same words on every engine', (t) => {
  const cases: readonly (readonly [text: string, offset: number])[] = [
    ['{x:1}', 1],
    ['[1,]', 3],
    ['{"a":1,}', 7],
    ['{"a" 1}', 5],
    ['{,}', 1],
    ['{1:2}', 1],
    ['[:]', 1],
    ['[}', 1],
    ['[1 2]', 3],
    ['1 2', 2],
    ['01', 1],
    ['1.', 1],
    ['-', 0],
    ['+1', 0],
    ['tru', 0],
    ['undefined', 0],
    ["'a'", 0],
    ['"a\nb"', 2],
    ['"a\\xb"', 2],
    ['"\\u12g4"', 1],
    ['"abc', 4],
    ['{"a":[{"b":1}, {"c":"d"', 23],
    ['[1,2', 4],
    [' \n', 2],
    ['\ufeff1', 0],
    ['1\u00a0', 1],
    ['{"a":1}}', 7],
  ];
  for (const [text, offset] of cases) {
    t.throws(() => void JSON.parse(text), SyntaxError, `${text} is invalid JSON`);
    t.equal(explainJsonError(text).position.offset, offset, text);
  }
  t.equal(
    explainJsonError(`[${'1,'.repeat(50)}x${',1'.repeat(50)}]`).detail,
    `unexpected "x" near "…${'1,'.repeat(10)}x${',1'.repeat(9)},…"`,
  );
  const deep = 200_000;
  t.equal(explainJsonError('['.repeat(deep)).position.offset, deep, 'nesting uses no stack');
  t.equal(
    explainJsonError(`["${'x'.repeat(9_000_000)}`).position.offset,
    9_000_002,
    'nor does a long string',
  );
  t.end();
});

t.test(
  'a JSON text with one character broken is explained at or before that character or after it, never past the end',
  (t) => {
    holds(
      t,
      'for any text',
      fc.property(fc.json(), fc.nat(), (text, at) => {
        const offset = at % text.length;
        const broken = `${text.slice(0, offset)}\u0007${text.slice(offset)}`;
        // Nothing before the illegal character was wrong, except a token that it splits.
        const found = explainJsonError(broken).position.offset;
        assert.ok(found <= offset);
        assert.match(broken.slice(found, offset), /^[-+.\w\\]*$/);
      }),
    );
    t.end();
  },
);

t.test(
  "pipeParsers passes on the first one's output before its error, and prefers the error nearer the start",
  (t) => {
    const failing: IncrementalParser<string, string> = {
      write(input, output) {
        output.push(input);
        throw new Error('first');
      },
      end: () => undefined,
    };
    t.strictSame(parse(pipeParsers(failing, splitLines()), ['a\nb']), {
      values: ['a'],
      error: 'Error: first',
    });
    t.strictSame(parse(pipeParsers(failing, splitLines({ request, limits })), ['a\nbcdef']), {
      values: ['a'],
      error: overLimit,
    });
    const decoded = pipeParsers(decodeText(), splitLines());
    t.strictSame(
      parse(decoded, [Uint8Array.of(0x61, 0x0a, 0xe2, 0x82)]).values,
      ['a', '\ufffd'],
      'the end is passed on',
    );
    t.end();
  },
);
