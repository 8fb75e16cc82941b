import { isDeclaration } from '../XmlHandler.js';
import { type XmlObject } from '../XmlObject.js';
import { type ResolvedName } from '../NamespaceScopes.js';
import { attributeSize } from '../scanner/StartTagReader.js';
import { type LazyRecord } from './LazyRecord.js';
import { contentAt, contentEndAt, elementSize, endAt, startAt } from './tape.js';

type Value = string | XmlObject;
type Members = Record<string, Value | Value[]>;

/** How objects are made, as `RecordNode.toObject` is told it. */
interface ObjectRules {
  readonly always: ReadonlySet<string>;
  readonly nameOf: (name: ResolvedName) => string;
}

/** Deeper records are left to who can do without calls. */
const deepest = 500;

/**
 * What `elementToObject` makes of an element, straight from its bytes; `undefined` where it is so deep, or holds such names, that it
 * has to be made the other way.
 */
export function objectAt(
  record: LazyRecord,
  at: number,
  rules: ObjectRules,
  depth = 0,
): XmlObject | undefined {
  if (depth > deepest) return undefined;
  const { always } = rules;
  const object: Members = {};
  const first = record.firstChild(at);
  for (let place = at + elementSize; place < first; place += attributeSize) {
    if (!isDeclaration(record.nameAt(place)))
      add(object, `@${memberAt(record, place, rules)}`, record.valueAt(place), always);
  }
  const end = record.next(at);
  const text = first === end ? record.textAt(at) : textBeside(record, at);
  if (text !== '') add(object, '#text', text, always);
  for (let child = first; child < end; child = record.next(child)) {
    const member = memberAt(record, child, rules);
    if (member === '__proto__') return undefined;
    const value = isTextOnly(record, child)
      ? record.textAt(child)
      : objectAt(record, child, rules, depth + 1);
    if (value === undefined) return undefined;
    add(object, member, value, always);
  }
  return object;
}

function memberAt({ batch, tapeBase }: LazyRecord, at: number, { nameOf }: ObjectRules): string {
  const number = batch.tape[tapeBase + at]! >> 1;
  return (batch.members[number] ??= nameOf(batch.names[number]!));
}

function add(object: Members, member: string, value: Value, always: ReadonlySet<string>): void {
  const was = object[member];
  if (was === undefined || !Object.hasOwn(object, member))
    object[member] = always.size > 0 && always.has(member) ? [value] : value;
  else if (Array.isArray(was)) was.push(value);
  else object[member] = [was, value];
}

function isTextOnly(record: LazyRecord, at: number): boolean {
  const first = record.firstChild(at);
  if (first !== record.next(at)) return false;
  for (let place = at + elementSize; place < first; place += attributeSize) {
    if (!isDeclaration(record.nameAt(place))) return false;
  }
  return true;
}

/** The text of an element beside its children; empty where it is white space, which is looked at before it is read. */
function textBeside(record: LazyRecord, at: number, isBlank = true): string {
  const { bytes, tape } = record.batch;
  const { base, tapeBase } = record;
  const end = record.next(at);
  let text = '';
  let from = tape[tapeBase + at + contentAt]!;
  for (let child = record.firstChild(at); ; child = record.next(child)) {
    const isLast = child >= end;
    const to = tape[tapeBase + (isLast ? at + contentEndAt : child + startAt)]!;
    if (isBlank) {
      let index = base + from;
      while (index < base + to && bytes[index]! <= 0x20) index += 1;
      if (index < base + to) return textBeside(record, at, false);
    } else if (to > from) {
      text += record.textBetween(at, from, to);
    }
    // References, comments and empty sections may have come to white space too.
    if (isLast) return /[^ \t\r\n]/.test(text) ? text : '';
    from = tape[tapeBase + child + endAt]!;
  }
}
