import { type Limits } from '../options/limits.js';
import { type CommandEntities } from './readEntities.js';
import { type TimeoutLimits } from '../request/NormalizedRequest.js';
import { type Field } from './parseFields.js';

/** How what was read is printed. */
export type Format = 'ndjson' | 'json' | 'table' | 'xml' | 'text' | 'raw';

/** A request, and what to print of its response. */
export interface RequestCommand {
  readonly kind: 'request';
  /** A URL, or a path where files are allowed. */
  readonly target: string;
  readonly allowFile: boolean;
  readonly select: string | undefined;
  readonly fields: readonly Field[] | undefined;
  readonly namespaces: Readonly<Record<string, string>>;
  readonly entities: CommandEntities | undefined;
  /** Whether to read on through what is wrong in a feed. */
  readonly recover: boolean;
  /** Which file of a zip archive is read; `undefined`: the first. */
  readonly entry: string | undefined;
  readonly limit: number;
  /** `undefined`: what suits the response. */
  readonly format: Format | undefined;
  /** `undefined`: where standard error is a terminal. */
  readonly progress: boolean | undefined;
  readonly method: string | undefined;
  readonly headers: readonly (readonly [name: string, value: string])[];
  readonly data: string | undefined;
  readonly dataFile: string | undefined;
  readonly timeout: TimeoutLimits | undefined;
  readonly maxRedirects: number | undefined;
  /** Other limits than the library's. */
  readonly limits: Partial<Limits>;
  readonly mimeType: string | undefined;
  /** The file that says where the last run has got to. */
  readonly checkpoint: string | undefined;
}

/** What the command line asks for. */
export type Command = RequestCommand | { readonly kind: 'demo' | 'help' | 'version' };
