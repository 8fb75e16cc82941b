import { type FtpReply } from './FtpReplies.js';

/** What a server told of a file. */
export interface FtpFacts {
  /** Bytes, where it is known. */
  readonly total: number | undefined;
  /** Header fields that say the same: names and values in turn. */
  readonly headers: readonly string[];
}

/**
 * Reads the replies to `SIZE` and `MDTM` ([RFC 3659](https://www.rfc-editor.org/rfc/rfc3659#section-3)); one that says something else
 * is passed over, as a refusal is.
 */
export function ftpFacts(size: FtpReply | undefined, time: FtpReply | undefined): FtpFacts {
  const digits = /^213 +(\d{1,15})\b/.exec(size?.message ?? '')?.[1];
  const total = digits === undefined ? undefined : Number(digits);
  const headers = total === undefined ? [] : ['content-length', String(total)];
  const [, date, hours] = /^213 +(\d{8})(\d{6})(?!\d)/.exec(time?.message ?? '') ?? [];
  if (date !== undefined && hours !== undefined) {
    const modified = new Date(
      `${date.replace(/(....)(..)(..)/, '$1-$2-$3')}T${hours.replace(/(..)(..)(..)/, '$1:$2:$3')}Z`,
    );
    if (!Number.isNaN(modified.getTime())) headers.push('last-modified', modified.toUTCString());
  }
  return { total, headers };
}
