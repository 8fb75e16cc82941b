import { XMLParser } from 'fast-xml-parser';
import { request } from 'undici';
import { runClient } from '../../harness/runClient.js';
import { type Field, shapeOf } from '../../shapes.js';
import { Tally } from './Tally.js';

type Value = string | Readonly<Record<string, unknown>>;

/** It reads whole texts into objects and nothing else; it knows no namespaces, and tells no places. */
await runClient(async ({ url }) => {
  const { shape, access } = shapeOf(url);
  const tally = new Tally();
  const { body } = await request(url);
  const parser = new XMLParser({
    ignoreAttributes: false,
    attributeNamePrefix: '@',
    parseTagValue: false,
    trimValues: false,
    processEntities: true,
  });
  const root = parser.parse(await body.text()) as Record<string, unknown>;
  const lengthOf = (record: Readonly<Record<string, unknown>>, field: Field): number => {
    const name =
      'attribute' in field
        ? `@${field.attribute}`
        : field.prefix
          ? `${field.prefix}:${field.child}`
          : field.child;
    const found = record[name] as Value | readonly Value[] | undefined;
    const first = Array.isArray(found) ? (found as readonly Value[])[0] : (found as Value | undefined);
    return typeof first === 'string' ? first.length : 0;
  };
  const path = shape.selector.split(' > ');
  const parent = (path.length === 2 && path[0] === 'channel' ? ['rss', ...path] : path)
    .slice(0, -1)
    .reduce((value, name) => value[name] as Record<string, unknown>, root);
  for (const record of parent[shape.element] as Readonly<Record<string, unknown>>[]) {
    if (access === 'none') tally.add(0);
    else if (access === 'all') tally.add(Object.keys(record).filter((key) => key !== '#text').length);
    else tally.add(shape.fields.reduce((sum, field) => sum + lengthOf(record, field), 0));
  }
  return tally.result();
});
