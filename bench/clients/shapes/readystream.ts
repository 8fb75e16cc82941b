import { lastValueFrom, tap } from 'rxjs';
import { request } from '../../../source/index.node.js';
import { elements, type XmlElement } from '../../../source/xml.node.js';
import { runClient } from '../../harness/runClient.js';
import { type Access, type Field, type Shape, shapeOf } from '../../shapes.js';
import { Tally } from './Tally.js';

function reader({ fields }: Shape, access: Access): (element: XmlElement) => number {
  if (access === 'none') return () => 0;
  if (access === 'all') return (element) => Object.keys(element.toObject()).length;
  const read = (element: XmlElement, field: Field): number =>
    ('attribute' in field
      ? element.attribute(field.attribute)
      : element.text(field.prefix === undefined ? field.child : `${field.prefix}|${field.child}`)
    )?.length ?? 0;
  const [first, second, third] = fields;
  return (element) => read(element, first) + read(element, second) + read(element, third);
}

await runClient(async ({ url }) => {
  const { shape, access } = shapeOf(url);
  const tally = new Tally();
  const read = reader(shape, access);
  const records$ = request(url).pipe(
    elements(shape.selector, { namespaces: shape.namespaces }),
    tap((element) => {
      tally.add(read(element));
    }),
  );
  await lastValueFrom(records$);
  return tally.result();
});
