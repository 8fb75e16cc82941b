/** A program that makes requests by a client, leaves a connection open, and has nothing else to do then: `requests.ts CLIENT ORIGIN`. */
import { install } from '../../../source/xmlhttprequest.js';
import { type ClientName, clients } from '../subjects/clients.js';

const [name = '', origin = ''] = process.argv.slice(2);
install();
const client = await clients[name as ClientName]();
const outcomes: string[] = [];
for (const path of ['/a', '/b']) {
  const { status } = await client.send({ url: `${origin}${path}` });
  outcomes.push(`got ${status}`);
}
const abort = new AbortController();
const aborted = client.send({ url: `${origin}/silent`, signal: abort.signal }).catch(client.failureOf);
setImmediate(() => {
  abort.abort();
});
outcomes.push(((await aborted) as { kind: string }).kind);
console.log(outcomes.join(', '));
