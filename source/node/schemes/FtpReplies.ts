/** A reply of an FTP server: its code, and its text with that code, lines parted by line feeds. */
export interface FtpReply {
  readonly code: number;
  readonly message: string;
}

const singleLine = /^[1-5]\d\d(?: |$)/;
const firstOfSeveral = /^[1-5]\d\d-/;

/**
 * Reads what comes on an FTP control connection, by [RFC 959, 4.2](https://www.rfc-editor.org/rfc/rfc959#page-36). A reply is
 * handed on when it is whole, however it is cut on its way; text that is no reply is an error.
 */
export class FtpReplies {
  readonly #limit: number;
  readonly #overLimit: () => Error;
  /** The line that is not ended yet. */
  #rest = '';
  /** The lines of a reply of several that is not ended yet, and their characters. */
  #lines: string[] = [];
  #characters = 0;

  /**
   * @param limit - characters of one reply.
   * @param overLimit - makes the error for a longer one.
   */
  constructor(limit: number, overLimit: () => Error) {
    this.#limit = limit;
    this.#overLimit = overLimit;
  }

  /** Appends to `output` the replies that the text completes, and throws at what is none. */
  write(text: string, output: FtpReply[]): void {
    let start = 0;
    for (let end = text.indexOf('\n'); end !== -1; end = text.indexOf('\n', start)) {
      const line = this.#rest + text.slice(start, end);
      this.#rest = '';
      start = end + 1;
      this.#check(line.length);
      this.#line(line.endsWith('\r') ? line.slice(0, -1) : line, output);
    }
    this.#rest += text.slice(start);
    this.#check(this.#rest.length);
  }

  #line(line: string, output: FtpReply[]): void {
    const [first] = this.#lines;
    if (first !== undefined) {
      this.#lines.push(line);
      this.#characters += line.length + 1;
      if (!singleLine.test(line) || line.slice(0, 3) !== first.slice(0, 3)) return;
      this.#emit(this.#lines.join('\n'), output);
      this.#lines = [];
      this.#characters = 0;
    } else if (singleLine.test(line)) this.#emit(line, output);
    else if (firstOfSeveral.test(line)) {
      this.#lines.push(line);
      this.#characters = line.length + 1;
    } else if (line.trim() !== '') {
      throw new Error(`this is no reply of an FTP server: ${JSON.stringify(line.slice(0, 200))}`);
    }
  }

  #emit(message: string, output: FtpReply[]): void {
    output.push({ code: Number(message.slice(0, 3)), message });
  }

  #check(more: number): void {
    if (this.#characters + more > this.#limit) throw this.#overLimit();
  }
}

/** What a server told of a file. */
interface FtpFacts {
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
