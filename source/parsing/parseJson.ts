import { ParseError, type TextPosition } from '../errors/ParseError.js';
import { type ParserOptions } from './IncrementalParser.js';

/**
 * Returns the value of a whole JSON text; `null` if the text is empty. Invalid JSON throws a `ParseError` that names the
 * position and the text there, in the same words on every engine.
 */
export function parseJson(text: string, { request, url }: ParserOptions = {}): unknown {
  if (text === '') return null;
  try {
    return JSON.parse(text);
  } catch (cause) {
    const { detail, position } = explainJsonError(text);
    throw new ParseError('json', `Invalid JSON: ${detail}`, { position, request, url, cause });
  }
}

/** The error in an invalid JSON text. */
interface JsonTrouble {
  /** The unexpected character and the text around it: `unexpected "x" near "{x:1}"`. */
  readonly detail: string;
  readonly position: TextPosition;
}

/** How many characters before and after the error are shown. */
const around = 20;

/**
 * Finds the first error in a text that `JSON.parse` rejected. Engines report it in different words or not at all, so the text
 * is parsed again by [RFC 8259](https://www.rfc-editor.org/rfc/rfc8259)'s grammar: in linear time, without recursion.
 */
export function explainJsonError(text: string): JsonTrouble {
  const offset = findTrouble(text);
  const found =
    offset < text.length
      ? `unexpected ${JSON.stringify(String.fromCodePoint(text.codePointAt(offset) ?? 0))}`
      : 'unexpected end';
  const before = offset > around ? '…' : '';
  const after = offset + around < text.length ? '…' : '';
  const excerpt = `${before}${text.slice(Math.max(0, offset - around), offset + around)}${after}`;
  return { detail: `${found} near ${JSON.stringify(excerpt)}`, position: positionAt(text, offset) };
}

function findTrouble(text: string): number {
  const open: ('{' | '[')[] = [];
  const behindValue = (): string => (open.length === 0 ? '' : open.at(-1) === '{' ? ',}' : ',]');
  /** The tokens allowed next: `v` is a value, `k` a key, the others are literal. */
  let allowed = 'v';
  let index = 0;
  for (;;) {
    index = endOf(blanks, text, index);
    const character = text.charAt(index);
    const isString = character === '"';
    const end = isString ? endOfString(text, index) : endOf(token, text, index);
    const isValue = !'}],:'.includes(character);
    if (
      end === index ||
      !(isValue ? allowed.includes('v') || (isString && allowed.includes('k')) : allowed.includes(character))
    ) {
      return index;
    }
    if (end < 0) return -end;
    index = end;
    if (character === '{' || character === '[') {
      open.push(character);
      allowed = character === '{' ? 'k}' : 'v]';
    } else if (character === ',') allowed = open.at(-1) === '{' ? 'k' : 'v';
    else if (character === ':') allowed = 'v';
    else if (isString && allowed.includes('k')) allowed = ':';
    else {
      if (!isValue) open.pop();
      allowed = behindValue();
    }
  }
}

const blanks = /[\t\n\r ]*/y;
const token = /[[\]{},:]|-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][-+]?\d+)?|true|false|null/y;

function endOf(pattern: RegExp, text: string, start: number): number {
  pattern.lastIndex = start;
  return pattern.test(text) ? pattern.lastIndex : start;
}

/** Returns the end of the string that starts here or, negated, the position of an illegal character in it. */
function endOfString(text: string, start: number): number {
  let index = start + 1;
  for (; index < text.length && text.charCodeAt(index) >= 0x20; index++) {
    if (text[index] === '"') return index + 1;
    if (text[index] !== '\\') continue;
    const end = endOf(escape, text, index);
    if (end === index) return -index;
    index = end - 1;
  }
  return -index;
}

const escape = /\\(?:["\\/bfnrt]|u[\dA-Fa-f]{4})/y;

function positionAt(text: string, offset: number): TextPosition {
  let line = 1;
  let lineStart = 0;
  for (let feed = text.indexOf('\n'); feed >= 0 && feed < offset; feed = text.indexOf('\n', lineStart)) {
    line += 1;
    lineStart = feed + 1;
  }
  return { line, column: offset - lineStart + 1, offset };
}
