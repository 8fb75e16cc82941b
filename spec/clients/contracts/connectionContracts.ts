import { rawServer } from '../../helpers/rawServer.js';
import { type ClientContract } from './ClientContract.js';

/** What becomes of the connections. */
export const connectionContracts: readonly ClientContract[] = [
  {
    name: 'keeps its connections',
    async run(t, bench) {
      const server = await rawServer((socket) => {
        socket.write('HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 2\r\n\r\n{}');
      });
      t.teardown(() => server.close());
      for (let count = 0; count < 20; count++) {
        t.same((await bench.client.send({ url: `${server.origin}/` })).body, {});
      }
      // A request that is made in the very turn in which the one before it has ended takes another.
      t.ok(server.sockets.length <= 2, `${server.sockets.length} connections for 20 requests`);
    },
  },
];
