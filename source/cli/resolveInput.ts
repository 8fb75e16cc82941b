import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { shownUrl } from '../http/serializedUrl.js';
import { type RequestCommand } from './Command.js';
import { UsageError } from './exit.js';

/** What is to be read. */
export interface Input {
  readonly url: string;
  readonly isFile: boolean;
  /** The media type that a file's name tells. */
  readonly mimeType: string | undefined;
}

const schemes = ['http:', 'https:', 'data:'];

/** Finds out what the command's target is, and whether it is allowed. */
export function resolveInput({ target, allowFile }: Pick<RequestCommand, 'target' | 'allowFile'>): Input {
  const shown = shownUrl(target);
  // A single letter before the colon is a drive, not a scheme.
  const scheme = /^[a-z][a-z\d+.-]+:/i.exec(target)?.[0].toLowerCase();
  if (scheme !== undefined && schemes.includes(scheme))
    return { url: target, isFile: false, mimeType: undefined };
  if (scheme !== undefined && scheme !== 'file:') {
    const meant = /^[\w.-]+:\d+(?:\/|$)/.test(target) ? `; did you mean http://${shown}?` : '';
    throw new UsageError(
      `cannot read ${scheme} URLs, only http:, https:, data: and, with --allow-file, file:${meant}`,
    );
  }
  if (!allowFile) {
    const meant = /^[\w-]+(?:\.[\w-]+)+\//.test(target) ? `; for a web address, write https://${shown}` : '';
    throw new UsageError(`'${shown}' is a file, and files are not read unless you add --allow-file${meant}`);
  }
  const url = scheme === undefined ? pathToFileURL(resolve(target)).href : target;
  return { url, isFile: true, mimeType: typeOfFile(url) };
}

function typeOfFile(url: string): string | undefined {
  if (/\.json(?:\.gz)?$/i.test(url)) return 'application/json';
  return /\.(?:ndjson|jsonl)(?:\.gz)?$/i.test(url) ? 'application/x-ndjson' : undefined;
}
