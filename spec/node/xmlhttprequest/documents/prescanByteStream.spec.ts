import fc from 'fast-check';
import t from 'tap';
import {
  extractCharacterEncoding,
  prescanByteStream,
} from '../../../../source/node/xmlhttprequest/documents/encodingSniffing.js';
import { bindNodeTextDecoder } from '../../../../source/parsing/encoding/bindNodeTextDecoder.js';
import { holds } from '../../../helpers/property.js';
import { latin1 } from './makeDocument.js';

bindNodeTextDecoder();

const prescan = (text: string) => prescanByteStream(latin1(text));

t.test('a charset or a pragma of a meta element sets the encoding', (t) => {
  for (const html of [
    '<meta charset=gbk>',
    '<META CHARSET="GBK">',
    "<meta\tcharset = 'gbk'/>",
    '<meta/charset=gbk >',
    '<meta name=x charset=gbk charset=utf-8>',
    '<meta http-equiv=Content-Type content="text/html; charset=gbk">',
    '<meta content="text/html;charset=gbk" http-equiv="content-type">',
    '<meta http-equiv=content-type content=\'x charset charset = "gbk" y\'>',
    '<meta content="charset=utf-8" charset=gbk>',
    '<!doctype html><title>x</title><meta charset=gbk>',
    '\0\x01 text < 1 </> <3 <meta charset=gbk>',
    '<meta charset=bogus><meta charset=gbk>',
    '<meta name=x><meta charset=gbk>',
    '<meta content="charset=utf-8"><meta charset=gbk>',
    '<metax charset=utf-8><meta charset=gbk>',
    '<meta x= charset=utf-8><meta charset=gbk>',
    '<meta =charset=utf-8><meta charset=gbk>',
    '<p title="<meta charset=utf-8>"></p title=\'<meta charset=utf-8>\'><meta charset=gbk>',
    '<p title= >x<meta charset=gbk>',
    '<p a/b=c/d><meta charset=gbk>',
    '<!--<meta charset=utf-8>--><meta charset=gbk>',
    '<!--><meta charset=gbk>',
    '<!---><meta charset=gbk>',
    '<!-- -- > --!> <meta charset=utf-8> --><meta charset=gbk>',
    '<!x <meta charset=utf-8><meta charset=gbk>',
    '<?x <meta charset=utf-8><meta charset=gbk>',
    '</ <meta charset=utf-8><meta charset=gbk>',
    '<script>"<meta charset=gbk>"</script>',
    '<?xml version="1.0" encoding="big5"?><meta charset=gbk>',
  ]) {
    t.equal(prescan(html), 'gbk', html);
  }
  t.end();
});

t.test('there is no encoding without a meta element, or if the bytes run out inside one', (t) => {
  for (const html of [
    '',
    'text',
    '<meta charset=bogus>',
    '<meta charset=>',
    '<meta charset>',
    '<meta charset=gbk',
    '<meta charset="gbk',
    '<meta charset="gbk"',
    '<meta x="<meta charset=gbk>',
    '<p x="<meta charset=gbk>',
    '<p x <meta charset=gbk',
    '<!-- <meta charset=gbk>',
    '<! <meta charset=gbk',
    '<meta',
    '<p',
    '<',
    '<meta http-equiv=content-type content="text/html">',
    '<meta http-equiv=refresh content="charset=gbk">',
    '<meta content="text/html;charset=gbk">',
    '<meta charset=bogus http-equiv=content-type content="charset=gbk">',
  ]) {
    t.equal(prescan(html), undefined, html);
  }
  t.end();
});

t.test('UTF-16 in a meta element stands for UTF-8, and x-user-defined for windows-1252', (t) => {
  t.equal(prescan('<meta charset=utf-16be>'), 'utf-8');
  t.equal(prescan('<meta charset=x-user-defined>'), 'windows-1252');
  t.equal(prescan('<meta http-equiv=content-type content="charset=utf-16">'), 'utf-8');
  t.end();
});

t.test('an XML declaration sets the encoding if nothing else does', (t) => {
  for (const [html, expected] of [
    ['<?xml version="1.0" encoding="gbk"?>', 'gbk'],
    ["<?xmlencoding\x01 = 'gbk'?>", 'gbk'],
    ['<?xml encoding="utf-16"?>', 'utf-8'],
    ['<?xml encoding="bogus"?>', undefined],
    ['<?xml encoding="g bk"?>', undefined],
    ['<?xml encoding gbk encoding="gbk"?>', undefined],
    ['<?xml encoding=gbk?>', undefined],
    ['<?xml encoding="gbk?>', undefined],
    ['<?xml encoding="gbk"', undefined],
    ['<?xml?> encoding="gbk">', undefined],
    [' <?xml encoding="gbk"?>', undefined],
    ['<\0?\0x\0', 'utf-16le'],
    ['\0<\0?\0x', 'utf-16be'],
  ] as const) {
    t.equal(prescan(html), expected, JSON.stringify(html));
  }
  t.end();
});

t.test('a character encoding is extracted from a content as in the standard', (t) => {
  for (const [content, expected] of [
    ['charset=gbk', 'gbk'],
    ['text/html; CHARSET = gbk ; x', 'gbk'],
    ['charset charset=gbk', 'gbk'],
    ['charset="gbk" x', 'gbk'],
    ["charset='gbk'", 'gbk'],
    ['charset="gbk', undefined],
    ["charset='gbk", undefined],
    ['charset=', undefined],
    ['charset=;', undefined],
    ['charset', undefined],
    ['charset=bogus charset=gbk', undefined],
    ['', undefined],
  ] as const) {
    t.equal(extractCharacterEncoding(content), expected, content);
  }
  t.end();
});

t.test('no bytes make it throw or take long', (t) => {
  const piece = fc.constantFrom(
    '<meta ',
    'charset',
    '=',
    '"',
    "'",
    '>',
    '/',
    ' ',
    '<!--',
    '-->',
    'gbk',
    '<p',
    'content',
    '\0',
    '\xff',
  );
  holds(
    t,
    'whatever the bytes',
    fc.property(fc.array(piece, { maxLength: 30 }), (pieces) => {
      const found = prescan(pieces.join(''));
      return found === undefined || found === 'gbk';
    }),
  );
  for (const unit of ['<', '<!', '<!--', '<meta ', '<p ', ' ', '"', '<p a=', '</']) {
    t.equal(prescan(unit.repeat(1024)), undefined, unit);
  }
  t.end();
});
