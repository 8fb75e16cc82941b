import { type Client } from '../contracts/Client.js';
import { plain } from './plain.js';

/** Requests under [zone.js](https://github.com/angular/angular/tree/main/packages/zone.js), which patches the class and its ancestors. */
export async function zone(): Promise<Client> {
  await import('zone.js');
  const client = plain();
  return { ...client, can: { ...client.can, otherClasses: false } };
}
