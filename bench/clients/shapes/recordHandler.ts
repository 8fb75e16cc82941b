import { type Access, type Shape } from '../../shapes.js';
import { type Tally } from './Tally.js';

/** A tag as both parsers can tell it; attributes are values by name. */
export interface Tag {
  readonly name: string;
  readonly local: string;
  readonly prefix: string;
  readonly attributes: Readonly<Record<string, string>>;
}

interface Frame {
  readonly name: string;
  readonly members: Record<string, unknown>;
  text: string;
  isLeaf: boolean;
}

/** What one writes by hand over a parser of tags and text to get at the records: nothing is kept that is not asked for. */
export interface RecordHandler {
  open(tag: Tag): void;
  text(text: string): void;
  close(): void;
}

/** Counts the records, as the parser goes through all the rest too. */
function counting({ element }: Shape, tally: Tally): RecordHandler {
  return {
    open: ({ local }) => {
      if (local === element) tally.add(0);
    },
    text: () => undefined,
    close: () => undefined,
  };
}

/** Takes three attributes of each record. */
function takingAttributes({ element, fields }: Shape, tally: Tally): RecordHandler {
  const [first, second, third] = fields.map((field) => ('attribute' in field ? field.attribute : ''));
  return {
    open: ({ local, attributes }) => {
      if (local !== element) return;
      const length = (name = ''): number => attributes[name]?.length ?? 0;
      tally.add(length(first) + length(second) + length(third));
    },
    text: () => undefined,
    close: () => undefined,
  };
}

/** Takes the text of three children of each record. */
function takingChildren({ element, fields }: Shape, tally: Tally): RecordHandler {
  const wanted = new Map(
    fields.map((field) => ('child' in field ? [field.child, field.prefix ?? ''] : ['', ''])),
  );
  let depth = -1;
  let values: Record<string, string> = {};
  let field: string | undefined;
  let value = '';
  return {
    open: ({ local, prefix }) => {
      if (depth >= 0) {
        depth += 1;
        if (depth !== 1) return;
        field = wanted.get(local) === prefix ? local : undefined;
        value = '';
      } else if (local === element) {
        depth = 0;
        values = {};
      }
    },
    text: (text) => {
      if (field !== undefined) value += text;
    },
    close: () => {
      if (depth < 0) return;
      if (depth === 0) {
        let length = 0;
        for (const name of wanted.keys()) length += values[name]?.length ?? 0;
        tally.add(length);
      } else if (depth === 1 && field !== undefined) {
        values[field] ??= value;
        field = undefined;
      }
      depth -= 1;
    },
  };
}

/** Makes a plain object of each record, as `toObject()` does. */
function makingObjects({ element }: Shape, tally: Tally): RecordHandler {
  const open: Frame[] = [];
  return {
    open: ({ name, local, attributes }) => {
      const outer = open.at(-1);
      if (outer === undefined && local !== element) return;
      const frame: Frame = { name, members: {}, text: '', isLeaf: true };
      for (const attribute in attributes) {
        if (attribute.startsWith('xmlns')) continue;
        frame.members[`@${attribute}`] = attributes[attribute];
        frame.isLeaf = false;
      }
      if (outer !== undefined) outer.isLeaf = false;
      open.push(frame);
    },
    text: (text) => {
      const frame = open.at(-1);
      if (frame !== undefined) frame.text += text;
    },
    close: () => {
      const frame = open.pop();
      if (frame === undefined) return;
      if (!frame.isLeaf && /[^ \t\r\n]/.test(frame.text)) frame.members['#text'] = frame.text;
      const outer = open.at(-1)?.members;
      if (outer === undefined) {
        tally.add(Object.keys(frame.members).length);
        return;
      }
      const value = frame.isLeaf ? frame.text : frame.members;
      const known = outer[frame.name];
      if (known === undefined) outer[frame.name] = value;
      else if (Array.isArray(known)) known.push(value);
      else outer[frame.name] = [known, value];
    },
  };
}

/** The handler that a client is asked for. */
export function recordHandler(shape: Shape, access: Access, tally: Tally): RecordHandler {
  if (access === 'none') return counting(shape, tally);
  if (access === 'all') return makingObjects(shape, tally);
  return 'attribute' in shape.fields[0] ? takingAttributes(shape, tally) : takingChildren(shape, tally);
}
