import { AttributeAction } from 'css-what';
import { type ElementTest } from './Compound.js';

/** What an attribute test of a selector asks for, its prefix resolved. */
export interface AttributeQuestion {
  readonly local: string;
  /** The namespace; `undefined` is any, the empty string none. */
  readonly uri: string | undefined;
  /** The operator; CSS has no `!=`. */
  readonly action: Exclude<AttributeAction, AttributeAction.Not>;
  readonly value: string;
  /** Whether ASCII letters match in either case: the flag `i`. */
  readonly ignoreCase: boolean;
}

/**
 * An attribute selector as a test of a start tag.
 *
 * @see https://www.w3.org/TR/selectors-4/#attribute-selectors
 */
export function attributeTest({ local, uri, action, value, ignoreCase }: AttributeQuestion): ElementTest {
  const wanted = ignoreCase ? asciiLowercase(value) : value;
  const matches = valueTest(action, wanted);
  return (tag) =>
    tag.attributes.some(
      (attribute) =>
        attribute.local === local &&
        (uri === undefined || attribute.uri === uri) &&
        matches(ignoreCase ? asciiLowercase(attribute.value) : attribute.value),
    );
}

function valueTest(action: AttributeQuestion['action'], wanted: string): (value: string) => boolean {
  switch (action) {
    case AttributeAction.Exists:
      return () => true;
    case AttributeAction.Equals:
      return (value) => value === wanted;
    case AttributeAction.Element:
      return (value) => wanted !== '' && value.split(/[ \t\n\r\f]+/).includes(wanted);
    case AttributeAction.Hyphen:
      return (value) => value === wanted || value.startsWith(`${wanted}-`);
    case AttributeAction.Start:
      return (value) => wanted !== '' && value.startsWith(wanted);
    case AttributeAction.End:
      return (value) => wanted !== '' && value.endsWith(wanted);
    case AttributeAction.Any:
      return (value) => wanted !== '' && value.includes(wanted);
  }
}

function asciiLowercase(text: string): string {
  return text.replace(/[A-Z]+/g, (letters) => letters.toLowerCase());
}
