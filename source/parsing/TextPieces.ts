/** So many strings are joined to one: what holds them then costs little beside their characters. */
const joinedAtOnce = 1_024;

/** Text while it is held, however it was cut: a string of one character, kept as it came, would cost up to forty bytes. */
export class TextPieces {
  /** What {@link joinLatest} has joined. */
  readonly #joined: string[] = [];
  /** What came since; a parser may append to it. */
  readonly latest: string[] = [];

  add(text: string): void {
    this.latest.push(text);
    this.joinLatest();
  }

  /** To be called after strings were appended to {@link latest}. */
  joinLatest(): void {
    if (this.latest.length < joinedAtOnce) return;
    this.#joined.push(this.latest.join(''));
    this.latest.length = 0;
  }

  /** All of the text, and nothing is held any more. */
  take(): string {
    this.#joined.push(this.latest.join(''));
    const text = this.#joined.length === 1 ? (this.#joined[0] ?? '') : this.#joined.join('');
    this.#joined.length = this.latest.length = 0;
    return text;
  }
}
