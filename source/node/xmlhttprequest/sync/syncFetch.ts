import { workerData } from 'node:worker_threads';
import { isReadystreamError } from '../../../errors/guards.js';
import { BytePieces } from '../../../parsing/BytePieces.js';
import { type FetchRequest, type FetchResponse } from '../../fetching/fetchContract.js';
import { networkError, summarizeOngoing } from '../../fetching/networkError.js';
import { serveCookies } from './cookies.js';
import { makeSyncJob } from './makeSyncJob.js';
import { fromPlainError } from './plainErrors.js';
import { type ClientKnowledge, type SyncEnvironment, type SyncOutcome, threadMark } from './protocol.js';
import { SyncChannel } from './SyncChannel.js';
import { SyncThread } from './SyncThread.js';

/** Kept for further requests, together with its connections. */
let kept: SyncThread | undefined;

/**
 * Fetches in another thread while this one is blocked. Never throws.
 *
 * @param timeout - in milliseconds from now, including the start of the thread; 0 for no timeout.
 */
export function syncFetch(request: FetchRequest, environment: SyncEnvironment, timeout: number): SyncOutcome {
  const deadline = timeout === 0 ? Infinity : performance.now() + timeout;
  try {
    if (workerData === threadMark) {
      const reason =
        'a module loaded by the thread of synchronous requests cannot make synchronous requests itself';
      throw networkError(request, 'connect', reason);
    }
    const isFirst = kept === undefined || kept.isOver;
    const outcome = attempt(request, environment, deadline);
    if (outcome !== 'notStarted') return outcome;
    // A thread that has ended since the last request has not seen this one, so the next thread can make it.
    const second = isFirst ? outcome : attempt(request, environment, deadline);
    if (second !== 'notStarted') return second;
    throw networkError(
      request,
      'connect',
      'the thread of synchronous requests does not start: its module, xmlhttprequest.worker.js, must be next to the bundle',
    );
  } catch (cause) {
    const reason = 'the thread of synchronous requests cannot be used';
    const error = isReadystreamError(cause) ? cause : networkError(request, 'connect', reason, cause);
    return { type: 'failed', error };
  }
}

function attempt(
  request: FetchRequest,
  environment: SyncEnvironment,
  deadline: number,
): SyncOutcome | 'notStarted' {
  const channel = new SyncChannel();
  try {
    const { job, transferred } = makeSyncJob(request, environment, channel.remotePort, channel.signal);
    if (kept === undefined || kept.isOver) kept = new SyncThread();
    kept.post(job, transferred);
    return wait(request, environment, channel, deadline);
  } finally {
    channel.close();
  }
}

function wait(
  request: FetchRequest,
  environment: SyncEnvironment,
  channel: SyncChannel,
  deadline: number,
): SyncOutcome | 'notStarted' {
  let response: FetchResponse | undefined;
  const body = new BytePieces();
  for (;;) {
    const message = channel.next(deadline);
    if (message === 'timeout') return { type: 'timeout' };
    if (message === 'closed') {
      kept = undefined;
      if (!channel.isAccepted) return 'notStarted';
      const reason = 'the thread of synchronous requests ended during the request';
      throw networkError(request, response === undefined ? 'headers' : 'body', reason);
    }
    switch (message.type) {
      case 'getCookies':
      case 'setCookie': {
        const jar = environment.cookieJar;
        const reply = jar && serveCookies(message, jar, request, environment.client.origin);
        if (reply !== undefined) channel.reply(reply);
        break;
      }
      case 'response':
        ({ response } = message);
        break;
      case 'chunk':
        body.add(message.bytes);
        break;
      case 'end':
        learn(environment, message.knowledge);
        if (response === undefined) throw networkError(request, 'headers', 'no response arrived');
        return { type: 'response', response, chunks: [...body.from()] };
      case 'failed':
        learn(environment, message.knowledge);
        return { type: 'failed', error: fromPlainError(message.error, summarizeOngoing(request)) };
    }
  }
}

/** Synchronous and asynchronous requests share what they learn. */
function learn({ client }: SyncEnvironment, knowledge: ClientKnowledge | undefined): void {
  if (knowledge === undefined) return;
  client.credentials.replace(knowledge.credentials);
  client.preflights.replace(knowledge.preflights);
}
