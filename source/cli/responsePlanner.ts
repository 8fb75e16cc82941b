import { ignoreElements } from 'rxjs';
import { type ResponseHead } from '../request/ReadyStateEvent.js';
import { type CliOutput } from './CliIo.js';
import { type RequestCommand } from './Command.js';
import { plainWriter } from './output/recordWriters.js';
import { plan, type Plan } from './Plan.js';
import { planBody } from './planBody.js';
import { planElements } from './planElements.js';
import { type Restart } from './Restart.js';

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
): (method: string, response: ResponseHead) => Plan {
  const { select } = command;
  const elementsPlan =
    select === undefined ? undefined : planElements({ ...command, select }, stdout.columns, restart);
  return (method, response) => {
    if (method === 'HEAD' || bodiless.includes(response.status)) {
      const emptyNote = `${`${response.status} ${response.statusText}`.trimEnd()}: there is no body`;
      return plan(ignoreElements(), plainWriter(), { hasRecords: false, emptyNote });
    }
    return elementsPlan ?? planBody(command, response, stdout);
  };
}
