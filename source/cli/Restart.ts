import { closeSync, fsyncSync, openSync, readFileSync, renameSync, writeSync } from 'node:fs';
import { dirname } from 'node:path';
import { type XmlCheckpoint } from '../parsing/xml/XmlCheckpoint.js';
import { type XmlElement } from '../parsing/xml/XmlElement.js';
import { type CliOutput } from './CliIo.js';
import { type RequestCommand } from './Command.js';
import { UsageError } from './exit.js';

/** What the file of `--checkpoint` holds. */
interface Saved {
  /** What the command was asked for: another command cannot go on from here. */
  readonly command: unknown;
  /** Where it has got to; absent before the first record. */
  readonly checkpoint?: XmlCheckpoint | undefined;
  /** How long standard output was, where it is a file. */
  readonly output: number | undefined;
}

/** The file of `--checkpoint`: where the last run has got to, and where this one gets to. */
export class Restart {
  /** Where the last run has got to; `undefined` where there was none. */
  readonly checkpoint: XmlCheckpoint | undefined;
  readonly #path: string;
  readonly #command: unknown;
  readonly #output: CliOutput;
  #last: XmlElement | undefined;

  /**
   * Reads the file, and takes from standard output, where that is a file, what was written behind the checkpoint.
   *
   * @throws UsageError where the file is of another command, or standard output another file.
   */
  constructor(path: string, command: RequestCommand, output: CliOutput) {
    const { target, select, fields, namespaces, entities, format = 'ndjson', mimeType } = command;
    this.#path = path;
    this.#output = output;
    this.#command = { target, select, fields, namespaces, entities, format, mimeType };
    const saved = this.#load();
    this.checkpoint = saved?.checkpoint;
    const { file } = output;
    // Noted before anything is printed, so that nothing stays if there is not going to be a checkpoint.
    if (saved === undefined) this.#write(undefined);
    if (file === undefined || saved?.output === undefined) return;
    if (file.size() < saved.output) {
      throw new UsageError(
        `--checkpoint: standard output is shorter than it was (${file.size()} bytes, not ${saved.output}): append to it with >>, or remove '${path}' to start again`,
      );
    }
    file.truncate(saved.output);
  }

  /** A record is going to be printed. The first one shows whether there are checkpoints. */
  note(element: XmlElement): void {
    const isFirst = this.#last === undefined;
    this.#last = element;
    if (isFirst) this.#checkpoint();
  }

  /** All records up to the last that was noted are out. */
  save(): void {
    const checkpoint = this.#checkpoint();
    if (checkpoint !== undefined) this.#write(checkpoint);
  }

  #write(checkpoint: XmlCheckpoint | undefined): void {
    const { file } = this.#output;
    file?.sync();
    const saved: Saved = { command: this.#command, checkpoint, output: file?.size() };
    const temporary = `${this.#path}.tmp`;
    withFile(temporary, 'w', (descriptor) => {
      writeSync(descriptor, `${JSON.stringify(saved)}\n`);
      fsyncSync(descriptor);
    });
    renameSync(temporary, this.#path);
    // The new name is what has to last. Where folders cannot be opened, as on Windows, the system sees to that.
    if (process.platform !== 'win32') withFile(dirname(this.#path), 'r', fsyncSync);
  }

  #checkpoint(): XmlCheckpoint | undefined {
    try {
      return this.#last?.checkpoint();
    } catch (error) {
      if (!(error instanceof TypeError)) throw error;
      throw new UsageError(`--checkpoint: ${error.message}`, { cause: error });
    }
  }

  #load(): Saved | undefined {
    let text: string;
    try {
      text = readFileSync(this.#path, 'utf8');
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
      throw error;
    }
    let saved: Saved;
    try {
      saved = JSON.parse(text) as Saved;
    } catch (cause) {
      throw new UsageError(`--checkpoint: '${this.#path}' is not a file that --checkpoint has written`, {
        cause,
      });
    }
    if (JSON.stringify(saved.command) !== JSON.stringify(this.#command)) {
      throw new UsageError(
        `--checkpoint: '${this.#path}' is of another command (URL, selector, fields or format): name another file, or remove it`,
      );
    }
    return saved;
  }
}

function withFile(path: string, flags: 'w' | 'r', use: (descriptor: number) => void): void {
  const descriptor = openSync(path, flags);
  try {
    use(descriptor);
  } finally {
    closeSync(descriptor);
  }
}
