import { isXmlError } from '../../../source/errors/guards.js';
import { defaultLimits, type Limits } from '../../../source/options/limits.js';
import { type ElementsReader, type ReadElementsOptions } from '../../../source/parsing/xml/readElements.js';
import { compileSelector } from '../../../source/parsing/xml/selectors/compileSelector.js';
import { XmlElement } from '../../../source/parsing/xml/XmlElement.js';
import { type XmlAttribute } from '../../../source/parsing/xml/XmlHandler.js';

/** What is read, and how. */
export interface Reading {
  readonly selector: string;
  readonly options?: Omit<ReadElementsOptions, 'limits'> & { readonly limits?: Partial<Limits> };
  readonly pieces: readonly Uint8Array[];
}

/** All that a reader gives, as text, element by element, and the error. */
export function readingOf({ read }: ElementsReader, { selector, options = {}, pieces }: Reading): string[] {
  const output: XmlElement[] = [];
  const elements: XmlElement[] = [];
  const told: string[] = [];
  const limits = { ...defaultLimits, ...options.limits };
  const parser = read(compileSelector(selector, options.namespaces), { ...options, limits });
  const take = (): void => {
    // Asked at once, with more to come, it has to say the same as later.
    for (const element of output) told.push(JSON.stringify(askSome(element)));
    elements.push(...output);
    output.length = 0;
  };
  try {
    for (const piece of pieces) {
      parser.write(piece, output);
      take();
    }
    parser.end(output);
    take();
  } catch (error) {
    take();
    told.push(isXmlError(error) ? errorText(error) : `not an XmlError: ${String(error)}`);
  }
  return [...told, ...elements.map((element) => JSON.stringify(askAll(element)))];
}

function errorText({ message, code, position, records, advice, cause }: XmlErrorLike): string {
  return JSON.stringify({
    message,
    code,
    position,
    records,
    advice,
    cause: cause instanceof Error ? String(cause) : cause,
  });
}

type XmlErrorLike = Pick<Error, 'message' | 'cause'> & {
  readonly code: string;
  readonly position?: unknown;
  readonly records?: unknown;
  readonly advice?: unknown;
};

function askSome(element: XmlElement): unknown {
  return [
    element.text('title'),
    element.text('*'),
    element.first('*')?.toObject(),
    element.attribute('id'),
    element.text(),
    element.position,
    element.ancestors.map(({ name }) => name),
  ];
}

function askAll(element: XmlElement): unknown {
  const children = element.children.filter((child) => child instanceof XmlElement);
  return [
    element.ancestors.map((tag) => [tag.name, tag.uri, tag.selfClosing, attributesOf(tag.attributes)]),
    tree(element),
    String(element),
    element.toObject(),
    element.toObject({ arrays: ['a', 'title', '@id'] }),
    element.text(),
    element.all('*').map(({ name }) => name),
    element.all(':scope *').map((inner) => inner.ancestors.length),
    element.attributes.map(({ local, uri }) => (uri === '' ? element.attribute(local) : undefined)),
    element.first('*') === children[0],
    element.all('*').every((child, index) => child === children[index]),
  ];
}

function tree(element: XmlElement): unknown {
  const { name, prefix, local, uri, position, attributes, children } = element;
  return [
    [name, prefix, local, uri, position],
    attributesOf(attributes),
    children.map((child) => (child instanceof XmlElement ? tree(child) : child)),
  ];
}

function attributesOf(attributes: readonly XmlAttribute[]): unknown {
  return attributes.map(({ name, prefix, local, uri, value }) => [name, prefix, local, uri, value]);
}

/** Cuts bytes into pieces of these sizes, which come again and again. */
export function cut(bytes: Uint8Array, sizes: readonly number[]): Uint8Array[] {
  const pieces: Uint8Array[] = [];
  for (let at = 0, index = 0; at < bytes.length; index += 1) {
    const size = sizes[index % sizes.length] ?? Infinity;
    pieces.push(bytes.subarray(at, at + size));
    at += size;
  }
  return pieces;
}
