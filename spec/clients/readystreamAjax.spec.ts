import { lastValueFrom } from 'rxjs';
import t from 'tap';
import { ajax } from '../../source/ajax.node.js';
import { applyClientContracts } from './contracts/applyClientContracts.js';
import { openBench } from './contracts/openBench.js';

const bench = await openBench(t, 'readystreamAjax');

applyClientContracts(t, bench);

t.test('works in Node without a global class', async (t) => {
  const descriptor = Object.getOwnPropertyDescriptor(globalThis, 'XMLHttpRequest');
  Reflect.deleteProperty(globalThis, 'XMLHttpRequest');
  t.teardown(() => descriptor && Object.defineProperty(globalThis, 'XMLHttpRequest', descriptor));
  t.equal('XMLHttpRequest' in globalThis, false);
  t.same(await lastValueFrom(ajax.getJSON(bench.server.url('/user'))), { id: 1, name: 'Zoë' });
});
