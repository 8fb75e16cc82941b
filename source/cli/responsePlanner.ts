import { ignoreElements, pipe } from 'rxjs';
import { type ResponseHead } from '../request/ReadyStateEvent.js';
import { type CliOutput } from './CliIo.js';
import { type RequestCommand } from './Command.js';
import { plainWriter } from './output/recordWriters.js';
import { plan, type Plan } from './Plan.js';
import { planBody } from './planBody.js';
import { planElements } from './planElements.js';
import { type Restart } from './Restart.js';
import { unpackBody } from './unpackBody.js';

/** Statuses whose responses have no body by their meaning. */
const bodiless = [204, 205, 304];

/**
 * Makes what decides, once the response's head is there, how its body is read and printed. Throws a `UsageError` here and
 * now where a selector cannot be understood, so that no request is sent for nothing.
 */
export function responsePlanner(
  command: RequestCommand,
  stdout: CliOutput,
  restart?: Restart,
): (method: string, response: ResponseHead, say: (text: string) => void) => Plan {
  const { select } = command;
  const elements = select === undefined ? undefined : { ...command, select };
  if (elements !== undefined) planElements(elements, stdout.columns, undefined, restart);
  return (method, response, say) => {
    if (method === 'HEAD' || bodiless.includes(response.status)) {
      const emptyNote = `${`${response.status} ${response.statusText}`.trimEnd()}: there is no body`;
      return plan(ignoreElements(), plainWriter(), { hasRecords: false, emptyNote });
    }
    const chosen =
      elements === undefined
        ? planBody(command, response, stdout)
        : planElements(elements, stdout.columns, say, restart);
    return chosen.isRaw === true
      ? chosen
      : { ...chosen, values: pipe(unpackBody(command, say), chosen.values) };
  };
}
