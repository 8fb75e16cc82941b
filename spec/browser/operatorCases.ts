import { gzipSync, zipSync } from 'fflate';
import { catchError, ignoreElements, lastValueFrom, map, type Observable, of, toArray } from 'rxjs';
import {
  bytes,
  createRequest,
  decompress,
  fetchAdapter,
  jsonLines,
  type LimitError,
  lines,
  serverSentEvents,
  xhrAdapter,
} from '../../source/index.js';
import { type ReadyStateEvent } from '../../source/request/ReadyStateEvent.js';
import { elements, xml, xmlDocument, type XmlRepair } from '../../source/xml.js';

const encoded = (text: string): Uint8Array => new TextEncoder().encode(text);
const encode = (text: string): number[] => [...encoded(text)];
const declaration1251 = '<?xml version="1.0" encoding="windows-1251"?>';
/** `<a>Чай</a>` in windows-1251. */
const tea1251 = [...encode('<a>'), 0xd7, 0xe0, 0xe9, ...encode('</a>')];
const tea16 = Uint16Array.from('\uFEFF<a>Чай</a>', (character) => character.charCodeAt(0));

/** Ways to write `<a>Чай</a>`. */
const encodings: Record<string, readonly [type: string, bytes: readonly number[], mimeType?: string]> = {
  'UTF-8': ['text/xml', encode('<a>Чай</a>')],
  'UTF-8 behind a byte order mark, whatever Content-Type says': [
    'text/xml; charset=windows-1251',
    encode('\uFEFF<a>Чай</a>'),
  ],
  'UTF-16 behind a byte order mark': ['application/rss+xml', [...new Uint8Array(tea16.buffer)]],
  'windows-1251 by Content-Type': ['text/xml; charset=windows-1251', tea1251],
  'windows-1251 by the XML declaration': ['text/xml', [...encode(declaration1251), ...tea1251]],
  'windows-1251 by the option mimeType': [
    'text/xml; charset=utf-8',
    tea1251,
    'text/xml;charset=windows-1251',
  ],
};

/** Packings of `<a>Чай</a>`, and what is read. */
const packedBodies: Record<string, readonly [bytes: readonly number[], expected: string]> = {
  'what is not packed': [encode('<a>Чай</a>'), 'Чай'],
  'gzip of several members': [
    [...gzipSync(encoded('<a>Ча'), { level: 0 }), ...gzipSync(encoded('й</a>')), 0, 0],
    'Чай',
  ],
  'gzip cut short': [
    [...gzipSync(encoded('<a>Чай</a>')).subarray(0, 30)],
    'The gzip data ends inside member 1: it is cut short',
  ],
  'a deflated file of a zip archive': [
    [
      ...zipSync({
        'a.xml': [encoded('<b/>'), { level: 0 }],
        'b.xml': encoded('<a>Чай</a>'),
        'c.xml': encoded('<c/>'),
      }),
    ],
    'Чай',
  ],
  'a stored file of a zip archive': [[...zipSync({ 'b.xml': encoded('<a>Чай</a>') }, { level: 0 })], 'Чай'],
};

/** Streaming operators, with the text of two values. */
const streams: Record<
  string,
  readonly [
    read: (events$: Observable<ReadyStateEvent>) => Observable<unknown>,
    first: string,
    second: string,
  ]
> = {
  lines: [lines(), 'Чай\n', 'milk\n'],
  jsonLines: [jsonLines(), '"Чай"\n', '"milk"\n'],
  serverSentEvents: [
    (events$) =>
      events$.pipe(
        serverSentEvents(),
        map(({ data }) => data),
      ),
    'data: Чай\n\n',
    'data: milk\n\n',
  ],
  elements: [
    (events$) =>
      events$.pipe(
        elements('b'),
        map((element) => element.text()),
      ),
    '<a><b>Чай</b>',
    '<b>milk</b></a>',
  ],
};

/** The operators over the browser's own XMLHttpRequest and fetch, its decoders and its DOM. */
export function operatorCases(): Record<string, () => Promise<void>> {
  const cases: Record<string, () => Promise<void>> = {};
  for (const [name, adapter] of Object.entries({ xhr: xhrAdapter(), fetch: fetchAdapter() })) {
    const request = createRequest({ adapter, baseURL: location.href });
    const body = (text: string, type = 'text/xml') => request(typed(type, encode(text)));

    for (const [encoding, [type, bytes, mimeType]] of Object.entries(encodings)) {
      cases[`${name}: elements() reads ${encoding}`] = async () => {
        const elements$ = request(typed(type, bytes), mimeType === undefined ? {} : { mimeType }).pipe(
          elements('a'),
        );
        expect((await lastValueFrom(elements$)).text(), 'Чай');
      };
    }
    for (const [operator, [read, first, second]] of Object.entries(streams)) {
      cases[`${name}: ${operator}() gives a value while the rest of the body is still to come`] =
        async () => {
          const id = `${name}-${operator}`;
          const query = new URLSearchParams({ id, first, second });
          const values: unknown[] = [];
          await new Promise<void>((resolve, reject) => {
            read(request(`/halves?${String(query)}`)).subscribe({
              next: (value) => {
                // The second half is sent only now.
                if (values.push(value) === 1) fetch(`/secondHalf?id=${id}`).catch(reject);
              },
              error: reject,
              complete: resolve,
            });
          });
          expect(values, ['Чай', 'milk']);
        };
    }
    cases[`${name}: elements() tells namespaces by URI`] = async () => {
      const feed =
        '<rss xmlns:p="urn:g"><item p:id="1"><p:price>1 EUR</p:price><price>2</price></item></rss>';
      const items$ = body(feed).pipe(elements('item', { namespaces: { g: 'urn:g' } }));
      const item = await lastValueFrom(items$);
      expect([item.attribute('g|id'), item.text('g|price'), item.text('|price')], ['1', '1 EUR', '2']);
      expect(
        item.toString(),
        '<item p:id="1" xmlns:p="urn:g"><p:price>1 EUR</p:price><price>2</price></item>',
      );
    };
    cases[`${name}: elements() expands the entities of the DTD`] = async () => {
      const feed =
        '<!DOCTYPE a [<!ENTITY t "T&#233;"><!ENTITY u "<b>&t;</b>"><!ATTLIST b c CDATA "d">]><a>&u;&t;</a>';
      const element = await lastValueFrom(body(feed).pipe(elements('a')));
      expect(element.toObject(), { '#text': 'Té', b: { '@c': 'd', '#text': 'Té' } });
    };
    cases[`${name}: xml() gives the tokens with their places`] = async () => {
      const events = await lastValueFrom(body('<a>\n<b/>😀</a>').pipe(xml(), toArray()));
      expect(
        events.map(({ type, position: { line, column, offset } }) => `${type} ${line}:${column}@${offset}`),
        [
          'startElement 1:1@0',
          'text 1:4@3',
          'startElement 2:1@4',
          'endElement 2:1@4',
          'text 2:5@8',
          'endElement 2:7@10',
        ],
      );
    };
    cases[`${name}: malformed XML is an error with its place, behind what came before`] = async () => {
      const texts: string[] = [];
      const error = await new Promise<unknown>((resolve, reject) => {
        body('<a><b>Tea</b>\n<b>Salt & pepper</b></a>')
          .pipe(elements('b'))
          .subscribe({
            next: (element) => texts.push(element.text()),
            error: resolve,
            complete: () => {
              reject(new Error('it is read to its end'));
            },
          });
      });
      expect(texts, ['Tea']);
      expect(/^A bare "&" at line 2, column 9 .*: write "&amp;"$/.test((error as Error).message), true);
    };
    cases[`${name}: entities: 'html' asks the page's own parser`] = async () => {
      const element$ = (text: string) => body(`<a>${text}</a>`).pipe(elements('a', { entities: 'html' }));
      expect(
        (await lastValueFrom(element$('&nbsp;&eacute;&semi;&Tab;&NotEqualTilde;'))).text(),
        '\u00A0é;\t≂̸',
      );
      for (const unknown of ['notit', 'nothing', 'toString']) {
        const error: unknown = await lastValueFrom(element$(`&${unknown};`)).catch((error: unknown) => error);
        expect(
          (error as Error).message.startsWith(`The entity "${unknown}" is not declared at line 1, column 4`),
          true,
        );
      }
    };
    cases[`${name}: elements() reads on with recover, and reports the repairs`] = async () => {
      const repairs: string[] = [];
      const recover = ({ kind }: XmlRepair): unknown => repairs.push(kind);
      const bytes = [
        ...encode('\n<?xml version="1.0"?><a><b>Salt & caf'),
        0xe9,
        ...encode('&nbsp;</b><g:c></a>'),
      ];
      const element = await lastValueFrom(request(typed('text/xml', bytes)).pipe(elements('b', { recover })));
      expect(element.text(), 'Salt & café\u00A0');
      expect(repairs, [
        'leadingCharacters',
        'bareAmpersand',
        'illegalBytes',
        'undeclaredEntity',
        'undeclaredPrefix',
        'unclosedElement',
      ]);
      const document = await lastValueFrom(
        request(typed('text/xml', encode('<a g:d="1"><g:b/></a><c/>'))).pipe(xmlDocument({ recover: true })),
      );
      expect(document.documentElement.innerHTML, '<g:b/>');
      expect(document.documentElement.getAttribute('g:d'), '1');
    };
    for (const [packing, [bytes, expected]] of Object.entries(packedBodies)) {
      cases[`${name}: decompress() reads ${packing}`] = async () => {
        const texts$ = request(typed('application/octet-stream', bytes)).pipe(
          decompress({ entry: 'b.xml' }),
          elements('a'),
          map((element) => element.text()),
          catchError((error: unknown) => of((error as Error).message.replace(/ of http.*/, ''))),
        );
        expect(await lastValueFrom(texts$), expected);
      };
    }
    cases[`${name}: xmlDocument() gives a document of the browser`] = async () => {
      const text =
        '<!DOCTYPE a SYSTEM "b"><a xmlns="u" xmlns:p="v" p:c="1"><!--d--><?e f?><p:b>g<![CDATA[<]]></p:b></a>';
      const document = await lastValueFrom(body(text).pipe(xmlDocument()));
      expect(document instanceof Document && document.contentType.endsWith('/xml'), true);
      expect(document.querySelector('b')?.textContent, 'g<');
      expect(document.documentElement.getAttributeNS('v', 'c'), '1');
      expect(document.doctype?.systemId, 'b');
      const parsed = new DOMParser().parseFromString(text, 'text/xml');
      expect(document.isEqualNode(parsed), true);
    };
  }
  cases['decompress() stops a bomb'] = async () => {
    const error: unknown = await lastValueFrom(
      createRequest({ adapter: fetchAdapter(), baseURL: location.href })('/bomb').pipe(
        decompress(),
        bytes(),
        ignoreElements(),
      ),
      { defaultValue: undefined },
    ).catch((error: unknown) => error);
    expect((error as LimitError | undefined)?.limit, 'decompressionRatio');
  };
  return cases;
}

function typed(type: string, bytes: readonly number[]): string {
  return `/typed?type=${encodeURIComponent(type)}&bytes=${bytes.join()}`;
}

function expect(actual: unknown, expected: unknown): void {
  const [seen, wanted] = [JSON.stringify(actual), JSON.stringify(expected)];
  if (seen !== wanted) throw new Error(`expected ${wanted}, got ${seen}`);
}
