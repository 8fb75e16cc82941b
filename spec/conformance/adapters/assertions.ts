import { config } from 'rxjs';
import { isReadystreamError } from '../../../source/errors/guards.js';
import { type ReadyStateEvent } from '../../../source/request/ReadyStateEvent.js';
import { type Outcome } from './AdapterBench.js';

/** `(opened upload*)+ headersReceived loading* done`, then complete. */
export function grammar({ events, error, completed }: Outcome): void {
  if (error !== undefined)
    throw error instanceof Error ? error : new Error('the exchange failed', { cause: error });
  equal(completed, true, 'completed');
  const sentence = events
    .map((event) =>
      event.readyState === 1 ? (event.upload === undefined ? 'o' : 'u') : `${event.readyState}`,
    )
    .join('');
  truth(/^(?:ou*)+23*4$/.test(sentence), `the grammar of the events, not ${sentence}`);
}

export function failure({ events, error }: Outcome, code: string, ...phases: readonly string[]): void {
  if (!isReadystreamError(error))
    throw new Error(`no error of ours but ${String(error)} after ${events.length} events`);
  equal(error.code, code, `code (${error.message})`);
  if (phases.length === 0) return;
  const { phase } = error as { phase?: string };
  truth(
    phases.includes(phase ?? ''),
    `a phase of ${phases.join(' or ')}, not ${String(phase)}: ${error.message}`,
  );
}

export function refusal({ error }: Outcome, option: string): void {
  truth(error instanceof TypeError, `a TypeError, not ${String(error)}`);
  truth(String(error).includes(option), `an error that names ${option}, not ${String(error)}`);
}

export function bodyOf({ events }: Outcome): Uint8Array<ArrayBuffer> {
  const chunks = events.flatMap((event) => (event.readyState === 3 ? [event.chunk] : []));
  const body = new Uint8Array(chunks.reduce((size, chunk) => size + chunk.byteLength, 0));
  let offset = 0;
  for (const chunk of chunks) {
    body.set(chunk, offset);
    offset += chunk.byteLength;
  }
  return body;
}

export function doneOf(outcome: Outcome): Extract<ReadyStateEvent, { readyState: 4 }> {
  grammar(outcome);
  const last = outcome.events.at(-1);
  if (last?.readyState !== 4) throw new Error('no DONE');
  return last;
}

export interface Echo {
  readonly method: string;
  readonly headers: Readonly<Record<string, string | undefined>>;
  readonly bytes: Uint8Array<ArrayBuffer>;
}

export function echoOf(outcome: Outcome): Echo {
  grammar(outcome);
  const echo = JSON.parse(new TextDecoder().decode(bodyOf(outcome))) as Echo & { readonly body: string };
  return { ...echo, bytes: Uint8Array.from(atob(echo.body), (char) => char.charCodeAt(0)) };
}

/** Runs something while what RxJS reports as unhandled is collected, and waits until that is so much. */
export async function collectUnhandled<T>(
  count: number,
  run: () => Promise<T>,
): Promise<{ reported: unknown[]; result: T }> {
  const reported: unknown[] = [];
  const before = config.onUnhandledError;
  const isEnough = new Promise<void>((resolve) => {
    config.onUnhandledError = (error) => {
      if (reported.push(error) === count) resolve();
    };
  });
  try {
    const result = await run();
    // RxJS reports in a later turn.
    await isEnough;
    return { reported, result };
  } finally {
    config.onUnhandledError = before;
  }
}

export function truth(holds: boolean, what: string): void {
  if (!holds) throw new Error(`expected ${what}`);
}

export function equal(actual: unknown, expected: unknown, what: string): void {
  const [seen, wanted] = [JSON.stringify(actual), JSON.stringify(expected)];
  if (seen !== wanted) throw new Error(`${what}: expected ${wanted}, got ${seen}`);
}
