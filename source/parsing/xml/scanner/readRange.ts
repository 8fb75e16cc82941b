import { decodeRange } from '../../encoding/decodeRange.js';
import { characterOf, predefinedEntities } from '../references.js';

/** What was supplied for entities, by name. */
export type SuppliedTexts = ReadonlyMap<string, string> | undefined;

/** In a longer range the text is decoded at once, and references are looked for in it. */
const longestByBytes = 100;

/**
 * Reads the text between two tags, or the value of an attribute, that a scanner has found to be well-formed.
 *
 * @param kind - `plain` where it holds neither references nor line ends other than LF nor, in a text, sections, comments and
 * instructions, nor, in a value, white space other than blanks
 */
export function readRange(
  bytes: Uint8Array,
  from: number,
  to: number,
  kind: 'plain' | 'text' | 'value',
  supplied: SuppliedTexts,
): string {
  if (kind === 'plain') return decodeRange(bytes, from, to);
  if (to - from > longestByBytes) {
    const text = decodeRange(bytes, from, to);
    const holdsMore = kind === 'value' ? /[\t\n\r]/.test(text) : text.includes('<') || text.includes('\r');
    if (!holdsMore) return resolveReferences(text, supplied);
  }
  return kind === 'value' ? readValue(bytes, from, to, supplied) : readText(bytes, from, to, supplied);
}

function resolveReferences(text: string, supplied: SuppliedTexts): string {
  let resolved = '';
  let from = 0;
  for (;;) {
    const at = text.indexOf('&', from);
    if (at === -1) return resolved + text.slice(from);
    const end = text.indexOf(';', at);
    resolved += text.slice(from, at) + referenced(text.slice(at + 1, end), supplied);
    from = end + 1;
  }
}

function readValue(bytes: Uint8Array, from: number, to: number, supplied: SuppliedTexts): string {
  let text = '';
  let start = from;
  let at = from;
  while (at < to) {
    const byte = bytes[at]!;
    if (byte === 0x26) {
      const end = referenceEnd(bytes, at);
      text += decodeRange(bytes, start, at) + referencedAt(bytes, at + 1, end, supplied);
      start = at = end + 1;
    } else if (byte === 0x0a || byte === 0x09 || byte === 0x0d) {
      text += `${decodeRange(bytes, start, at)} `;
      start = at += byte === 0x0d && bytes[at + 1] === 0x0a ? 2 : 1;
    } else {
      at += 1;
    }
  }
  return text + decodeRange(bytes, start, to);
}

function readText(bytes: Uint8Array, from: number, to: number, supplied: SuppliedTexts): string {
  let text = '';
  let start = from;
  let at = from;
  while (at < to) {
    const byte = bytes[at]!;
    if (byte === 0x26) {
      const end = referenceEnd(bytes, at);
      text += decodeRange(bytes, start, at) + referencedAt(bytes, at + 1, end, supplied);
      start = at = end + 1;
    } else if (byte === 0x0d) {
      text += `${decodeRange(bytes, start, at)}\n`;
      start = at += bytes[at + 1] === 0x0a ? 2 : 1;
    } else if (byte === 0x3c) {
      text += decodeRange(bytes, start, at);
      if (bytes[at + 1] === 0x3f) {
        at = find(bytes, at + 2, 0x3f) + 2;
      } else if (bytes[at + 2] === 0x2d) {
        at = find(bytes, at + 4, 0x2d) + 3;
      } else {
        const end = find(bytes, at + 9, 0x5d);
        text += withLineFeeds(decodeRange(bytes, at + 9, end));
        at = end + 3;
      }
      start = at;
    } else {
      at += 1;
    }
  }
  // Most often it is one section, and its text need not be joined with anything.
  if (start === to) return text;
  return text === '' ? decodeRange(bytes, start, to) : text + decodeRange(bytes, start, to);
}

function withLineFeeds(text: string): string {
  return text.includes('\r') ? text.replace(/\r\n?/g, '\n') : text;
}

/** Where the end of an instruction (`?>`), a comment (`-->`) or a section (`]]>`) starts, told by its first byte. */
function find(bytes: Uint8Array, from: number, first: number): number {
  let at = from;
  for (;;) {
    at = bytes.indexOf(first, at);
    if (first === 0x3f ? bytes[at + 1] === 0x3e : bytes[at + 1] === first && bytes[at + 2] === 0x3e)
      return at;
    at += 1;
  }
}

function referenceEnd(bytes: Uint8Array, from: number): number {
  let at = from + 2;
  while (bytes[at] !== 0x3b) at += 1;
  return at;
}

function referencedAt(bytes: Uint8Array, from: number, to: number, supplied: SuppliedTexts): string {
  const first = bytes[from];
  if (to - from === 2) {
    if (first === 0x6c) return '<';
    if (first === 0x67) return '>';
  } else if (to - from === 3 && first === 0x61 && bytes[from + 1] === 0x6d) {
    return '&';
  }
  return referenced(decodeRange(bytes, from, to), supplied);
}

/** What stands for a reference, told by what is between `&` and `;`. */
function referenced(name: string, supplied: SuppliedTexts): string {
  const known = predefinedEntities.get(name);
  if (known !== undefined) return known;
  return name.startsWith('#') ? characterOf(name, '1.0') : (supplied?.get(name) ?? '');
}
