import t from 'tap';
import { elements, xml, xmlDocument } from '../../source/xml.node.js';

t.test('an option of an unknown name is a TypeError at once, which lists the known ones', (t) => {
  const options = { namespace: { g: 'urn:g' } };
  t.throws(() => elements('a', options), {
    name: 'TypeError',
    message: "Unknown XML option 'namespace': give one of entities, limits, namespaces",
  });
  t.throws(() => xml(options), { message: "Unknown XML option 'namespace': give one of entities, limits" });
  t.throws(() => xmlDocument(options), {
    message: "Unknown XML option 'namespace': give one of entities, limits",
  });
  t.end();
});
