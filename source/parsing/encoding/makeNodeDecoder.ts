import { type IncrementalParser } from '../IncrementalParser.js';
import { type ParserOptions } from '../ParserOptions.js';
import { byteTable } from './byteTable.js';
import { ByteTableDecoder } from './ByteTableDecoder.js';
import { EucKrDecoder } from './EucKrDecoder.js';
import { WholeCharacterDecoder } from './WholeCharacterDecoder.js';

/** Fills the {@link PlatformGaps} of Node, whose `TextDecoder` is ICU's. */
export function makeNodeDecoder(
  encoding: string,
  offset: number,
  strict: ParserOptions | undefined,
): IncrementalParser<Uint8Array, string> | undefined {
  const table = byteTable(encoding);
  if (table !== undefined) return new ByteTableDecoder(encoding, table, offset, strict);
  if (encoding === 'euc-kr') return new EucKrDecoder(offset, strict);
  // The standard's GBK decoder is that of gb18030; Node's is another.
  if (encoding === 'gbk') return new WholeCharacterDecoder('gb18030', offset, strict);
  // A character that is malformed and comes in two pieces makes Node 20 throw, and lose text.
  const lossy = /^(?:gb18030|big5|euc-jp|shift_jis|iso-2022-jp)$/.test(encoding);
  return lossy ? new WholeCharacterDecoder(encoding, offset, strict) : undefined;
}
