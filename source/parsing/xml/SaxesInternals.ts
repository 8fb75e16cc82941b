import { type RawAttribute } from './NamespaceScopes.js';

/** A start tag as saxes gives it. */
export interface SaxesTag {
  readonly name: string;
  readonly isSelfClosing: boolean;
}

/** An XML declaration as saxes gives it. */
export interface SaxesDeclaration {
  readonly version?: string;
  readonly encoding?: string;
  readonly standalone?: string;
}

/** What the driver of saxes calls. What throws out of one of them ends the driver's use. */
export interface SaxesCallbacks {
  /** Called once, with saxes' own message: it has to throw. */
  failure(message: string): never;
  xmlDeclaration(declaration: SaxesDeclaration): void;
  doctype(text: string): void;
  startElement(tag: SaxesTag): void;
  /** The end of an element: the name in its end tag, which need not be the element's. */
  endElement(name: string): void;
  /** Text, also outside of the root element. */
  text(text: string): void;
  cdata(text: string): void;
  comment(text: string): void;
  processingInstruction(target: string, data: string): void;
  /** An attribute of the start tag that is being read. */
  attribute(name: string, value: string): void;
  /** What stands for a reference, told by what is between `&` and `;`; `undefined` where something else ends the name. */
  reference(name: string | undefined, where: 'text' | 'value'): string;
}

/** saxes 6 with what it holds but does not declare; specs fail where another version differs. */
export interface SaxesInternals {
  /** The piece being read, the index behind the last character read, and that character's index. */
  readonly chunk: string;
  i: number;
  prevI: number;
  /** The first half of a character whose second half was not written yet. */
  readonly carriedFromPrevious: string | undefined;
  /** Code units read before `chunk`; between two writes, all that were read. */
  readonly chunkPosition: number;
  readonly positionAtNewLine: number;
  readonly line: number;
  state: number;
  /** What reads in each state. */
  readonly stateTable: ((this: unknown) => void)[];
  /** What is pending of the token being read. */
  text: string;
  name: string;
  readonly piTarget: string;
  entity: string;
  /** Reads a character and gives its code: -1 where the chunk ends, -2 at a line end. */
  getCode(): number;
  /** The state around a reference. */
  readonly entityReturnState: number;
  /** Whether it makes a table of the declarations of each element. */
  xmlnsOpt: boolean;
  /** The open elements. */
  readonly tags: unknown[];
  closedRoot: boolean;
  /** The attributes of the start tag being read. */
  attribList: RawAttribute[];
  pushAttrib: (name: string, value: string) => void;
  processAttribs: () => void;
  closeTag: () => void;
  setXMLVersion(version: string): void;
  write(text: string): void;
  close(): void;
  errorHandler: (error: Error) => void;
  openTagHandler: (tag: SaxesTag) => void;
  closeTagHandler: (tag: SaxesTag) => void;
  textHandler: (text: string) => void;
  cdataHandler: (text: string) => void;
  commentHandler: (text: string) => void;
  piHandler: (instruction: { readonly target: string; readonly body: string }) => void;
  xmldeclHandler: (declaration: SaxesDeclaration) => void;
  doctypeHandler: (text: string) => void;
}
