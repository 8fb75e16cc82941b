import { type ReadXmlOptions } from '../../../../source/parsing/xml/ReadXmlOptions.js';
import { readXml } from '../../../../source/parsing/xml/readXml.js';
import { type XmlHandler } from '../../../../source/parsing/xml/XmlHandler.js';
import { type XmlRepair } from '../../../../source/parsing/xml/recovery/XmlRepair.js';
import '../../../../source/xml.node.js';

/** What a document was read as. */
export interface Reading {
  /** What was called, as canonical XML: `<a b="1">text</a>`, `&name;` for a skipped entity. */
  readonly text: string;
  /** `kind line:column text`. */
  readonly repairs: readonly string[];
  readonly error: string | undefined;
}

const escapes: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };
const escape = (text: string): string => text.replace(/[&<>"]/g, (character) => escapes[character] ?? '');

/** Reads a document that comes in pieces; with repairs unless the options say otherwise. */
export function recover(pieces: readonly Uint8Array[], options: ReadXmlOptions = {}): Reading {
  const repairs: string[] = [];
  const onRepair = ({ kind, position: { line, column }, text }: XmlRepair): void => {
    repairs.push(`${kind} ${line}:${column} ${text}`);
  };
  const output: string[] = [];
  let error: string | undefined;
  try {
    const parser = readXml<string>(writer, { recover: onRepair, ...options });
    for (const piece of pieces) parser.write(piece, output);
    parser.end(output);
  } catch (thrown) {
    error = String(thrown);
  }
  return { text: output.join(''), repairs, error };
}

/** A handler that emits canonical XML. */
export function writer(emit: (text: string) => void): XmlHandler {
  return {
    startElement({ name, uri, attributes }) {
      const given = attributes.map((one) => ` ${one.name}="${escape(one.value)}"`).join('');
      emit(`<${name}${uri === '' ? '' : `{${uri}}`}${given}>`);
    },
    endElement({ name }) {
      emit(`</${name}>`);
    },
    text(text) {
      emit(escape(text));
    },
    cdata(text) {
      emit(escape(text));
    },
    comment(text) {
      emit(`<!--${text}-->`);
    },
    processingInstruction(target, data) {
      emit(`<?${target} ${data}?>`);
    },
    skippedEntity(name) {
      emit(`&${name};`);
    },
  };
}
