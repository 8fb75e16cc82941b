import { getEncoding } from '../../encoding/textDecoder.js';

/** Labels by how they are written elsewhere, and how the Encoding Standard has them. */
const spellings: readonly (readonly [pattern: RegExp, label: string])[] = [
  [/^utf-?8(?:-?(?:sig|bom|mb[34]|n|mac|strict))?$/, 'utf-8'],
  [/^utf-?16(?:-?(le|be))?(?:-?bom)?$/, 'utf-16$1'],
  [/^(?:iso)?-?latin-?([1-6])$/, 'latin$1'],
  [/^(?:iso)?-?latin-?9$/, 'iso-8859-15'],
  [/^(?:iso)?-?latin-?7$/, 'iso-8859-13'],
  [/^(?:iso)?-?latin-?8$/, 'iso-8859-14'],
  [/^(?:iso)?-?latin-?10$/, 'iso-8859-16'],
  [/^(?:iso)?-?8859-?(\d{1,2})(?:-?[ei]|:\d+)?$/, 'iso-8859-$1'],
  [/^(?:windows|win|cp|ms|ibm|microsoft-cp|x-cp)-?(125\d|874)$/, 'windows-$1'],
  [/^(?:cp|ibm|dos)-?866$/, 'ibm866'],
  [/^(?:ansi|cp-?ansi|windows-?ansi|ansi-?latin-?1?)$/, 'windows-1252'],
  [/^(?:us-?)?ascii(?:-?[78](?:-?bit)?)?$/, 'us-ascii'],
  [/^(?:646|ansi-?x3\.?4.*)$/, 'us-ascii'],
  [/^(?:x-?)?mac-?(?:roman|os-?roman|intosh)?$/, 'macintosh'],
  [/^(?:x-?)?mac-?(?:cyrillic|ukrainian)$/, 'x-mac-cyrillic'],
  [/^koi-?8-?(r|u)$/, 'koi8-$1'],
  [/^(?:x-?)?euc-?(jp|kr)$/, 'euc-$1'],
  [/^(?:uj?jis|eucjp-?ms)$/, 'euc-jp'],
  [/^(?:x-?)?(?:s-?jis|shift-?jis|windows-?31j|cp-?932|ms-?932|ms-?kanji)$/, 'shift_jis'],
  [/^iso-?2022-?jp.*$/, 'iso-2022-jp'],
  [/^(?:x-?)?gb-?(?:k|2312(?:-?80)?)$|^(?:cp|ms|windows)-?936$|^euc-?cn$/, 'gbk'],
  [/^gb-?18030$/, 'gb18030'],
  [/^(?:x-?)?big-?5(?:-?(?:hkscs|tw))?$|^(?:cp|ms|windows)-?950$/, 'big5'],
  [/^(?:ks-?c?-?5601.*|uhc|(?:cp|ms|windows)-?949)$/, 'euc-kr'],
  [/^tis-?620.*$/, 'windows-874'],
];

/** The encoding that is meant by a label that the Encoding Standard does not have; `undefined` where none is. */
export function lenientEncoding(label: string): string | undefined {
  const bare = label
    .trim()
    .toLowerCase()
    .replace(/[\s_-]+/g, '-');
  const known = getEncoding(bare);
  if (known !== undefined) return known;
  for (const [pattern, meant] of spellings) {
    const match = pattern.exec(bare);
    if (match !== null) return getEncoding(meant.replace('$1', match[1] ?? ''));
  }
  return undefined;
}
