import { readFileSync } from 'node:fs';
import { xmlPlatform } from '../parsing/xml/xmlPlatform.js';
import { UsageError } from './exit.js';

/** What `--entities` gives: HTML's set, a record from files, or a function that asks those and then HTML. */
export type CommandEntities =
  'html' | Readonly<Record<string, string>> | ((name: string) => string | undefined);

const declaration = /<!ENTITY\s+([^\s%]+)\s+(?:"([^"]*)"|'([^']*)')\s*>/g;

/**
 * Reads what was given for `--entities`: `html`, or the path of a file with a JSON object of names and texts, or with declarations as a
 * DTD has them (`<!ENTITY name "text">`). What is given first wins.
 */
export function readEntities(given: readonly string[]): CommandEntities {
  const files = given.filter((one) => one !== 'html');
  if (files.length === 0) return 'html';
  const texts = new Map<string, string>();
  for (const file of files) {
    for (const [name, text] of entitiesOf(file)) if (!texts.has(name)) texts.set(name, text);
  }
  if (files.length === given.length) return Object.fromEntries(texts);
  return (name) => texts.get(name) ?? xmlPlatform().htmlEntity(name);
}

function entitiesOf(file: string): readonly (readonly [name: string, text: string])[] {
  let content: string;
  try {
    content = readFileSync(file, 'utf8').replace(/^\uFEFF/, '');
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    throw new UsageError(
      `--entities: there is no set '${file}' (html is the only one), nor can a file of this name be read: ${why}`,
      { cause: error },
    );
  }
  const entities = content.trimStart().startsWith('{') ? fromJson(file, content) : fromDeclarations(content);
  if (entities.length > 0) return entities;
  throw new UsageError(
    `--entities: '${file}' declares nothing: write {"name": "text"} or <!ENTITY name "text"> into it`,
  );
}

function fromJson(file: string, content: string): readonly (readonly [string, string])[] {
  let value: unknown;
  try {
    value = JSON.parse(content);
  } catch (error) {
    throw new UsageError(`--entities: '${file}' is not valid JSON: ${(error as Error).message}`, {
      cause: error,
    });
  }
  return Object.entries(value as object).map(([name, text]: [string, unknown]) => {
    if (typeof text !== 'string')
      throw new UsageError(`--entities: '${name}' in '${file}' is not a text: write {"${name}": "text"}`);
    return [name, text];
  });
}

/** Entity values may refer to characters by number, as those of the sets of ISO and HTML do. */
function fromDeclarations(content: string): readonly (readonly [string, string])[] {
  const uncommented = content.replace(/<!--[^]*?-->/g, '');
  return Array.from(uncommented.matchAll(declaration), ([, name = '', double, single]): [string, string] => [
    name,
    resolveReferences(resolveNumbers(double ?? single ?? '')),
  ]);
}

function resolveNumbers(text: string): string {
  return text.replace(/&#(?:(\d+)|x([\da-fA-F]+));/g, (found, decimal?: string, hexadecimal?: string) => {
    const code = decimal === undefined ? parseInt(hexadecimal ?? '', 16) : parseInt(decimal, 10);
    return code <= 0x10ffff ? String.fromCodePoint(code) : found;
  });
}

const predefined: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };

/** XML's own, as in `<!ENTITY lt "&#38;#60;">`, which is a reference once its number is resolved. */
function resolveReferences(text: string): string {
  return resolveNumbers(text).replace(
    /&(amp|lt|gt|quot|apos);/g,
    (found, name: string) => predefined[name] ?? found,
  );
}
