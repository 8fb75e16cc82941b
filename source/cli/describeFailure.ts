import {
  isHttpStatusError,
  isLimitError,
  isNetworkError,
  isParseError,
  isRequestTimeoutError,
  isResumeError,
  isXmlError,
} from '../errors/guards.js';
import { type NetworkPhase } from '../errors/NetworkError.js';
import { ExitCode, UsageError } from './exit.js';
import { formatCount } from './format.js';
import { oneLine } from './output/cells.js';

/** What the user is told of a failure, and what a script. */
export interface Failure {
  readonly exitCode: ExitCode;
  /** What happened and what to do, line by line. */
  readonly lines: readonly string[];
}

const bodyExcerpt = 300;

const advice: Readonly<Record<NetworkPhase, string>> = {
  dns: 'check the spelling of the host name, and that you are online',
  connect: 'check the address and the port, and that the server is running',
  tls: 'check the certificate (a private authority: NODE_EXTRA_CA_CERTS=FILE) and that the port speaks TLS',
  send: 'try again; the server may have acted on the request already',
  headers: 'try again; the server closed the connection, or is no HTTP server',
  body: 'try again; what was printed so far is not complete',
};

/**
 * Describes what ended a run.
 *
 * @param records - how many had been printed.
 */
export function describeFailure(error: unknown, records: number): Failure {
  const message = oneLine(error instanceof Error ? error.message : String(error));
  const failure = (exitCode: ExitCode, ...lines: (string | undefined)[]): Failure => ({
    exitCode,
    lines: [message, ...lines.filter((line) => line !== undefined)],
  });
  const printed =
    records === 0 ? undefined : `  printed  ${formatCount(records, 'record')}, all that came before it`;

  if (error instanceof UsageError) return failure(ExitCode.usage, '  try      readystream --help');
  if (isHttpStatusError(error)) {
    const body = oneLine(error.body.slice(0, bodyExcerpt * 2)).slice(0, bodyExcerpt);
    return failure(
      ExitCode.status,
      body === '' ? undefined : `  body     ${body}${error.body.length > body.length ? '…' : ''}`,
      `  try      ${adviceForStatus(error.response.status)}`,
    );
  }
  if (isNetworkError(error)) {
    const url = error.request?.url;
    if (url?.startsWith('file:') === true && error.cause instanceof Error) {
      const lines = [
        `cannot read ${url}: ${oneLine(error.cause.message)}`,
        ...(printed === undefined ? [] : [printed]),
      ];
      return {
        exitCode: ExitCode.network,
        lines: [...lines, '  try      check that the file is there and may be read'],
      };
    }
    return failure(
      ExitCode.network,
      `  phase    ${error.phase}`,
      printed,
      `  try      ${advice[error.phase]}`,
    );
  }
  if (isRequestTimeoutError(error)) {
    return failure(ExitCode.timeout, `  phase    ${error.limit}`, printed, '  try      a longer --timeout');
  }
  const limit = isLimitError(error)
    ? error
    : isXmlError(error) && isLimitError(error.cause)
      ? error.cause
      : undefined;
  if (limit !== undefined) {
    const hint = `--limits ${limit.limit}=${Math.max(limit.value, 1) * 10}, if you trust the source: the limits keep memory bounded`;
    return failure(ExitCode.limit, printed, `  try      ${hint}`);
  }
  if (isResumeError(error))
    return failure(ExitCode.failure, '  try      to remove the file of --checkpoint and what was printed');
  if (isXmlError(error)) return failure(ExitCode.malformed, printed, `  try      ${adviceForXml(message)}`);
  if (isParseError(error)) {
    return failure(ExitCode.malformed, printed, '  try      --format raw, to see what the server sends');
  }
  const call = systemCall(error);
  if (call === 'write') return { exitCode: ExitCode.failure, lines: [`cannot write the output: ${message}`] };
  return failure(call === undefined ? ExitCode.failure : ExitCode.network, printed);
}

function adviceForStatus(status: number): string {
  if (status === 401 || status === 403)
    return "--header 'authorization: …', or a user name in the URL: https://name:password@…";
  if (status === 404 || status === 410) return 'check the path of the URL';
  if (status === 406 || status === 415) return "another --header 'accept: …' or 'content-type: …'";
  if (status === 429 || status >= 500) return 'again later';
  return status >= 300 && status < 400
    ? 'the URL that the server points to'
    : 'check the URL, the method and the headers';
}

function adviceForXml(message: string): string {
  if (/entity/i.test(message)) return '--entities html, if the entity is one of HTML; --recover, to read on';
  if (/encoding|byte/i.test(message))
    return "--mime-type 'text/xml;charset=…', if the feed names the wrong encoding";
  if (/cut short|document (?:ends|is empty|has no root)/i.test(message))
    return 'leave out --select, to see what the server sends';
  return '--recover, to read on through what is wrong, or leave out --select, to see what the server sends';
}

/** Which call to the system failed; what the command itself calls it for is reading files and writing output. */
function systemCall(error: unknown): string | undefined {
  return error instanceof Error && 'syscall' in error ? String(error.syscall) : undefined;
}
