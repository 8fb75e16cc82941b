import { type Test } from 'tap';
import { rawServer } from '../../helpers/rawServer.js';
import { type ClientBench } from './ClientBench.js';
import { type ClientContract } from './ClientContract.js';
import { connectionContracts } from './connectionContracts.js';
import { failureContracts } from './failureContracts.js';
import { progressContracts } from './progressContracts.js';
import { requestContracts } from './requestContracts.js';
import { responseContracts } from './responseContracts.js';
import { runClientProgram } from './runClientProgram.js';
import { settingContracts } from './settingContracts.js';

const contracts: readonly ClientContract[] = [
  ...requestContracts,
  ...responseContracts,
  ...failureContracts,
  ...progressContracts,
  ...settingContracts,
  ...connectionContracts,
];

/** What the program is answered. */
const answer =
  'HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 2\r\nKeep-Alive: timeout=600\r\n\r\n{}';

/** Holds a client to what all have to do over our class. */
export function applyClientContracts(t: Test, bench: ClientBench): void {
  for (const { name, needs, run } of contracts) {
    if (needs?.(bench.client.can) === false) continue;
    t.test(name, async (t) => {
      bench.use();
      await run(t, bench);
      t.not(bench.requests.length, 0, 'it is our class that was used');
    });
  }
  t.test('lets the process end, with a connection open', async (t) => {
    const server = await rawServer((socket, head) => {
      if (!head.startsWith('GET /silent')) socket.write(answer);
    });
    t.teardown(() => server.close());
    const { stdout, stderr, exitCode } = await runClientProgram('requests', bench.name, server.origin);
    t.equal(stdout, 'got 200, got 200, abort\n', stderr);
    t.equal(exitCode, 0);
  });
}
