import t from 'tap';
import { headerPairs } from '../../../source/node/schemes/fieldsOf.js';

t.test('long runs of blanks in a value cost no more than other characters', (t) => {
  // What is not linear takes a minute here, for a header section that the limits allow.
  const long = `a${' '.repeat(250_000)}b`;
  t.same(headerPairs({ a: `${long} ` }), ['a', long]);
  t.end();
});
