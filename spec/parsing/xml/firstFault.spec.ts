import t from 'tap';
import { isXmlError } from '../../../source/errors/guards.js';
import { xmlReaders } from './xmlReaders.js';

/** Documents with a fault, most with another one behind it. */
const documents = [
  ...[
    '<r/>text\x01',
    '<r/>\r\ntext<',
    '<r/>  &amp;',
    '<r/>]]>',
    '<r/>x</r>',
    '<r/> \x01x',
    '<r/><!-- \x01',
    '<r/>x\uFFFF',
  ],
  ...[
    'PK\x03\x04',
    'PK\x03\x04<r/>',
    '\x1F\x8B\x08',
    ' \r\nx\x01',
    'x',
    'text<r/>',
    '\x01<r/>',
    '&amp;<r/>',
    ']]><r/>',
    '  &x\x01',
  ],
  ...[
    '<r>\x01</r>',
    '<r>]]>\x01</r>',
    '<r>]]&amp;></r>\x01',
    '<r>text\uFFFE]]></r>',
    '<r>\x01&x;</r>',
    '<r>&x;\x01</r>',
  ],
  ...[
    '<r>&amp\x01;</r>',
    '<r>& \x01</r>',
    '<r>&#x;\x01</r>',
    '<r>&#1;\x01',
    '<r>&a.b;\x01',
    '<r>&\x01;</r>',
    '<r>&x',
    '<r>&x<',
  ],
  ...[
    '<r a="\x01<"></r>',
    '<r a="<\x01">',
    '<r a=b\x01>',
    '<r a="1"b="2"\x01>',
    '<r a="&x;\x01">',
    '<r a a\x01>',
    '<r \x01a>',
  ],
  ...[
    '<r><a></b>\x01',
    '<r><a></b\x01>',
    '<r></r \x01>',
    '<r></r x>\x01',
    '<r></\x01r>',
    '</r>\x01',
    '<r></ r>',
    '<\x01r/>',
    '<r/\x01>',
  ],
  ...[
    '<r><x:a>\x01',
    '<r x:a="">\x01</r>',
    '<r a="" a="">\x01',
    '<r xmlns:a="">\x01',
    '<r xmlns:xml="x">\x01',
    '<a:b:c/>\x01',
  ],
  ...[
    '<r><!-- -- -->\x01',
    '<r><!-- \x01-- -->',
    '<r><!--->',
    '<r><!-\x01',
    '<r><![CDAT\x01',
    '<r><![CDATA[\x01]]>',
    '<r><!x\x01',
  ],
  ...[
    '<r><?xml ?>\x01',
    '<r><?a\x01?>',
    '<r><? a?>',
    '<r><?a ?\x01',
    '<?xml version="1.0"?><?xml?>\x01',
    ' <?xml version="1.0"?>\x01<r/>',
  ],
  ...[
    '<?xml version="1.0" encoding="x\x01"?>',
    '<?xml vers\x01',
    '<?xml version="2"?>\x01<r/>',
    '<?xml version="1.0" standalone="x"?>\x01',
  ],
  ...[
    '<!DOCTYPE r [\x01]><r/>',
    '<!DOCTYPE r [<!ENTITY x "\x01">]><r/>',
    '<!DOCTYPE r [<!ENTITY>\x01]><r/>',
    '<!DOCTYPE\x01 r>',
  ],
  ...[
    '<!DOCTYPE r [<!ENTITY x "&#0;">]>\x01<r/>',
    '<!DOCTYPE r [<!ATTLIST r a CDATA "&#0;">]>\x01<r/>',
    '<!DOCTYPE r x\x01>',
    '<!DOCTYPE r []x\x01>',
  ],
  ...[
    '<!DOCTYPE r><!DOCTYPE r>\x01<r/>',
    '<r><!DOCTYPE r>\x01</r>',
    '<r/><!DOCTYPE r>\x01',
    '<!DOCTYPE r>x\x01',
    '<!DOCTYPE r>&x;\x01',
  ],
  ...[
    '<r/><r/>\x01',
    '<r/><r\x01/>',
    '<r/><x:r/>',
    '<r/></r>\x01',
    '',
    ' ',
    '<',
    '<r',
    '<r>',
    '<r><a',
    '<r a="',
    '<r>&',
    '<!-- ',
    '<?x',
  ],
].flatMap((document) => [document, entityBefore(document)]);

/** The same document where entities are declared, which is read another way. */
function entityBefore(document: string): string {
  return /^\s*(?:<!DOCTYPE|<\?xml)/.test(document)
    ? document
    : `<!DOCTYPE r [<!ENTITY m "<b/>">]>${document}`;
}

t.test('the first fault in document order is the error, however the document is cut', (t) => {
  const wrong: string[] = [];
  let errors = 0;
  for (const document of documents) {
    const bytes = Buffer.from(document);
    const cuttings = [
      [bytes],
      Array.from(bytes, (_, index) => bytes.subarray(index, index + 1)),
      ...Array.from({ length: Math.max(bytes.length - 1, 0) }, (_, index) => [
        bytes.subarray(0, index + 1),
        bytes.subarray(index + 1),
      ]),
    ];
    for (const [name, read] of Object.entries(xmlReaders)) {
      // It is given the body whole.
      if (name === 'responseXML') continue;
      const [whole, ...cut] = cuttings.map((pieces) => {
        const { error, values } = read(pieces);
        return isXmlError(error)
          ? `${error.message}, behind ${error.records} of ${values}`
          : `no XmlError: ${JSON.stringify(error)}`;
      });
      if (whole === undefined) continue;
      errors += 1;
      const others = [...new Set(cut)].filter((one) => one !== whole);
      if (others.length > 0 || !/at line|document is empty/.test(whole))
        wrong.push(`${name} ${JSON.stringify(document)}: ${[whole, ...others].join(' | ')}`);
    }
  }
  t.same(wrong, []);
  t.ok(errors > 500);
  t.end();
});
