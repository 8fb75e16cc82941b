import { type CliIo } from './CliIo.js';
import { type RequestCommand } from './Command.js';
import { runDemo } from './demo/runDemo.js';
import { describeFailure } from './describeFailure.js';
import { ClosedPipeError, ExitCode } from './exit.js';
import { helpText } from './helpText.js';
import { parseArguments } from './parseArguments.js';
import { type ProgressStyle } from './ProgressDisplay.js';
import { responsePlanner } from './responsePlanner.js';
import { Restart } from './Restart.js';
import { run } from './run.js';
import { type SafeIo, safeIo } from './safeIo.js';
import { sendRequest } from './sendRequest.js';

/** Runs the command with these arguments (without the program's name) and gives its exit code. Never rejects. */
export async function main(argv: readonly string[], process: CliIo): Promise<ExitCode> {
  const io = safeIo(process);
  try {
    const command = parseArguments(argv);
    switch (command.kind) {
      case 'help':
        io.stdout.write(helpText(io.version()));
        return ExitCode.ok;
      case 'version':
        io.stdout.write(`${io.version()}\n`);
        return ExitCode.ok;
      case 'demo':
        return await runDemo(io);
      case 'request':
        return await runCommand(command, io);
    }
  } catch (error) {
    // Whoever reads has had enough.
    if (error instanceof ClosedPipeError) return ExitCode.ok;
    const { exitCode, lines } = describeFailure(error, 0);
    io.stderr.write(`readystream: ${lines.join('\n')}\n`);
    return exitCode;
  }
}

function runCommand(command: RequestCommand, io: SafeIo): Promise<ExitCode> {
  const { checkpoint, limit } = command;
  const restart = checkpoint === undefined ? undefined : new Restart(checkpoint, command, io.stdout);
  if ((restart?.checkpoint?.records ?? 0) >= limit) return Promise.resolve(ExitCode.ok);
  return run(
    {
      events: sendRequest(command, restart),
      choosePlan: responsePlanner(command, io.stdout, restart),
      restart,
      progress: progressStyle(command, io),
    },
    io,
  );
}

/** A bar where a user looks on; not where the output, on the same terminal, is no whole lines. */
function progressStyle(
  { progress, select, format }: RequestCommand,
  { stdout, stderr }: CliIo,
): ProgressStyle {
  const alwaysSummary = progress === true;
  if (progress === false) return { mode: 'none', alwaysSummary };
  if (!stderr.isTerminal) return { mode: progress === true ? 'lines' : 'none', alwaysSummary };
  const isInWay =
    stdout.isTerminal &&
    select === undefined &&
    (format === undefined || format === 'text' || format === 'raw');
  return { mode: isInWay ? 'none' : 'bar', alwaysSummary };
}
