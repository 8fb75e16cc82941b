import { type Test } from 'tap';
import { rawServer } from '../../helpers/rawServer.js';
import { type ClientBench } from './ClientBench.js';
import { type ClientLaw } from './ClientLaw.js';
import { connectionLaws } from './connectionLaws.js';
import { failureLaws } from './failureLaws.js';
import { progressLaws } from './progressLaws.js';
import { requestLaws } from './requestLaws.js';
import { responseLaws } from './responseLaws.js';
import { runClientProgram } from './runClientProgram.js';
import { settingLaws } from './settingLaws.js';

const laws: readonly ClientLaw[] = [
  ...requestLaws,
  ...responseLaws,
  ...failureLaws,
  ...progressLaws,
  ...settingLaws,
  ...connectionLaws,
];

/** What the program is answered. */
const answer =
  'HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 2\r\nKeep-Alive: timeout=600\r\n\r\n{}';

/** Holds a client to what all have to do over our class. */
export function applyClientLaws(t: Test, bench: ClientBench): void {
  for (const { name, needs, run } of laws) {
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
