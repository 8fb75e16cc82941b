import { fileURLToPath } from 'node:url';
import { type Test } from 'tap';
import { runProgram } from '../../docs/runProgram.js';
import { clientServer } from '../../helpers/clientServer.js';
import { rawServer } from '../../helpers/rawServer.js';
import { clients, type ClientName } from '../subjects/clients.js';
import { ClientBench } from './ClientBench.js';
import { type ClientLaw } from './ClientLaw.js';
import { connectionLaws } from './connectionLaws.js';
import { failureLaws } from './failureLaws.js';
import { progressLaws } from './progressLaws.js';
import { requestLaws } from './requestLaws.js';
import { responseLaws } from './responseLaws.js';
import { settingLaws } from './settingLaws.js';
import { takeGlobalsAway } from './takeGlobalsAway.js';
import { watchRequests } from './watchRequests.js';

const laws: readonly ClientLaw[] = [
  ...requestLaws,
  ...responseLaws,
  ...failureLaws,
  ...progressLaws,
  ...settingLaws,
  ...connectionLaws,
];

/** What `program.ts` asks for. */
const answer =
  'HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 2\r\nKeep-Alive: timeout=600\r\n\r\n{}';

/** Holds a client to what all have to do over our class. Afterwards the globals are gone. */
export async function applyClientLaws(t: Test, name: ClientName): Promise<void> {
  const server = await clientServer();
  t.teardown(() => server.close());
  t.teardown(takeGlobalsAway);
  // Some clients look for the class when they are loaded, others at each request.
  const watch = watchRequests();
  const client = await clients[name]();
  const bench = new ClientBench(server, client, watch);
  for (const { name, needs, run } of laws) {
    if (needs?.(client.can) === false) continue;
    t.test(name, async (t) => {
      bench.use();
      await run(t, bench);
      t.not(bench.requests.length, 0, 'it is our class that was used');
    });
  }
  t.test('lets the process end, with a connection open', async (t) => {
    const server = await rawServer((socket, head) => {
      if (head.startsWith('GET /silent')) return;
      socket.write(answer);
    });
    t.teardown(() => server.close());
    const program = fileURLToPath(new URL('../program.ts', import.meta.url));
    const parameters = ['--import', 'tsx', program, name, server.origin];
    const { stdout, stderr, exitCode } = await runProgram(process.execPath, parameters, {
      cwd: fileURLToPath(new URL('../../..', import.meta.url)),
    });
    t.equal(stdout, 'got 200, got 200, abort\n', stderr);
    t.equal(exitCode, 0);
  });
}
