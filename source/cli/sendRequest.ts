import { openAsBlob } from 'node:fs';
import { stat } from 'node:fs/promises';
import { catchError, defer, type Observable, switchMap, throwError } from 'rxjs';
import { nodeAdapter } from '../adapters/node.js';
import { type ReadyStateEvent } from '../request/ReadyStateEvent.js';
import { requestFactory } from '../request/requestFactory.js';
import { type RequestOptions } from '../request/RequestOptions.js';
import { resumeAt } from '../request/resumeAt.js';
import { type RequestCommand } from './Command.js';
import { UsageError } from './exit.js';
import { resolveInput } from './resolveInput.js';
import { type Restart } from './Restart.js';

/** Sends the command's request when it is subscribed to; throws a {@link UsageError} where its target is not allowed. */
export function sendRequest(command: RequestCommand, restart?: Restart): Observable<ReadyStateEvent> {
  const input = resolveInput(command);
  const adapter = nodeAdapter(input.isFile ? { schemes: ['file'] } : {});
  const { data, dataFile, headers, limits, maxRedirects, timeout } = command;
  const given: RequestOptions = {
    method: command.method ?? (data === undefined && dataFile === undefined ? 'GET' : 'POST'),
    headers,
    mimeType: command.mimeType ?? input.mimeType,
    timeout,
    maxRedirects,
    limits,
  };
  const options = restart === undefined ? given : resumeAt(restart.checkpoint, given);
  const request = requestFactory(() => adapter)();
  const send = (body?: RequestOptions['body']): Observable<ReadyStateEvent> =>
    request(input.url, { ...options, body }).pipe(
      catchError((error: unknown) => throwError(() => blameOptions(error))),
    );
  return dataFile === undefined ? send(data) : defer(() => openBody(dataFile)).pipe(switchMap(send));
}

/** The file as a body whose length is known and which is read as it is sent. */
async function openBody(path: string): Promise<Blob> {
  // Asked first, since it says why a file cannot be had.
  if (!(await stat(path)).isFile()) throw new UsageError(`--data-file: '${path}' is no regular file`);
  return openAsBlob(path);
}

/** What a request refuses with a `TypeError` or a `RangeError`, before it is sent, is something that the user wrote. */
function blameOptions(error: unknown): unknown {
  return error instanceof TypeError || error instanceof RangeError
    ? new UsageError(error.message, { cause: error })
    : error;
}
