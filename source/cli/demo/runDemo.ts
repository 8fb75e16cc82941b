import { type ExitCode } from '../exit.js';
import { type RecordWriter } from '../output/recordWriters.js';
import { parseArguments } from '../parseArguments.js';
import { planElements } from '../planElements.js';
import { run } from '../run.js';
import { type SafeIo } from '../safeIo.js';
import { sendRequest } from '../sendRequest.js';
import { demoProducts } from './demoFeed.js';
import { startDemoServer } from './startDemoServer.js';

const shown = 10;
const select = 'channel > item';
const namespace = 'g=http://base.google.com/ns/1.0';
const fields = 'id=g|id,title,price=g|price,stock=level';

/** Streams the demo's feed from a server in this process and prints the first records, the progress and a summary. */
export async function runDemo(io: SafeIo, products = demoProducts): Promise<ExitCode> {
  const server = await startDemoServer(products);
  try {
    io.stdout
      .write(`A feed of ${products.toLocaleString('en-US')} products, made and gzipped by a server in this process:

  readystream ${server.url} \\
    --select '${select}' --ns ${namespace} \\
    --fields '${fields}' --format table

`);
    const command = parseArguments([
      server.url,
      ...['--select', select, '--ns', namespace, '--fields', fields, '--format', 'table'],
    ]);
    if (command.kind !== 'request') throw new Error('the demo is a request');
    const plan = planElements({ ...command, select }, io.stdout.columns);
    const exitCode = await run(
      {
        events: sendRequest(command),
        choosePlan: () => ({ ...plan, writer: previewWriter(plan.writer, shown) }),
        progress: { mode: io.stderr.isTerminal ? 'bar' : 'lines', alwaysSummary: true },
      },
      io,
    );
    if (exitCode === 0) io.stdout.write('\nNow with a URL of yours: readystream --help\n');
    return exitCode;
  } finally {
    server.close();
  }
}

/** Prints the first records as another writer does, and only counts the others. */
export function previewWriter<Value>(writer: RecordWriter<Value>, count: number): RecordWriter<Value> {
  let seen = 0;
  return {
    ...writer,
    record(value) {
      seen++;
      if (seen > count) return '';
      const piece = writer.record(value);
      return seen < count ? piece : `${String(piece)}${writer.settle()}…\n`;
    },
  };
}
