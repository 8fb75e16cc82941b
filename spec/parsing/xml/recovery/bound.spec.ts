import t from 'tap';
import { xml } from '../../../../source/operators/xml.js';
import { emit, outcome } from '../../../conformance/operators.js';
import { eventsOf } from '../../../helpers/events.js';

t.test(
  'without the import that brings repairs along, recover is an error at once that names it',
  async (t) => {
    for (const recover of [true, (): void => undefined])
      t.throws(() => xml({ recover }), { name: 'TypeError', message: /import 'readystream\/xml\/recover'/ });
    t.doesNotThrow(() => xml({ recover: false }));
    await import('../../../../source/xml.recover.js');
    t.equal(outcome(emit(eventsOf(['<a>&</a>'])).pipe(xml({ recover: true })))[1], 'complete');
  },
);
