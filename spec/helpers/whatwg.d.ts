/** What the specs use of packages that have no types of their own. */

declare module 'whatwg-url' {
  export interface URLRecord {
    readonly scheme: string;
    readonly username: string;
    readonly password: string;
    readonly host: string | number | readonly number[] | null;
    readonly fragment: string | null;
  }
  export function parseURL(
    input: string,
    options?: { readonly baseURL?: URLRecord; readonly encoding?: string },
  ): URLRecord | null;
  export function serializeURL(record: URLRecord, excludeFragment?: boolean): string;
  export function serializeURLOrigin(record: URLRecord): string;
  export function serializePath(record: URLRecord): string;
  export function setTheUsername(record: URLRecord, username: string): void;
  export function setThePassword(record: URLRecord, password: string): void;
  export function percentDecodeString(input: string): Uint8Array;
}

declare module 'whatwg-mimetype' {
  export class MIMEType {
    static parse(input: string): MIMEType | null;
    readonly essence: string;
    readonly parameters: Iterable<readonly [name: string, value: string]>;
    isXML(): boolean;
    isHTML(): boolean;
    toString(): string;
  }
}

declare module 'data-urls' {
  import { type MIMEType } from 'whatwg-mimetype';

  export default function parseDataURL(
    input: string,
  ): { readonly mimeType: MIMEType; readonly body: Uint8Array } | null;
}
