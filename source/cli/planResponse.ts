import { ignoreElements } from 'rxjs';
import { type ResponseHead } from '../request/ReadyStateEvent.js';
import { type CliOutput } from './CliIo.js';
import { type RequestCommand } from './Command.js';
import { plainWriter } from './output/plainWriter.js';
import { plan, type Plan } from './Plan.js';
import { planBody } from './planBody.js';
import { planElements } from './planElements.js';

/** Statuses whose responses have no body by their meaning. */
const bodiless = [204, 205, 304];

/** Decides, once the response's head is there, how its body is read and printed. */
export function planResponse(
  command: RequestCommand,
  method: string,
  response: ResponseHead,
  stdout: CliOutput,
): Plan {
  if (method === 'HEAD' || bodiless.includes(response.status)) {
    const emptyNote = `${response.status} ${response.statusText}`.trimEnd() + ': there is no body';
    return plan(ignoreElements(), plainWriter(), { hasRecords: false, emptyNote });
  }
  const { select } = command;
  if (select === undefined) return planBody(command, response, stdout);
  return planElements({ ...command, select }, stdout.columns);
}
