import { type Test } from 'tap';
import { clientServer } from '../../helpers/clientServer.js';
import { type ClientName, clients } from '../subjects/clients.js';
import { ClientBench } from './ClientBench.js';
import { takeGlobalsAway } from './takeGlobalsAway.js';
import { watchRequests } from './watchRequests.js';

/** A client over our class, and a server for it. When the test ends, the server and the globals are gone. */
export async function openBench(t: Test, name: ClientName): Promise<ClientBench> {
  const server = await clientServer();
  t.teardown(() => server.close());
  t.teardown(takeGlobalsAway);
  // Some clients look for the class when they are loaded, others at each request.
  const watch = watchRequests();
  return new ClientBench(name, server, await clients[name](), watch);
}
