import { characterOf } from '../characterOf.js';
import { isReferenceName } from '../isReferenceName.js';
import { type DtdScanner } from './DtdScanner.js';

/**
 * Reads a quoted entity value and gives its replacement text: character references are resolved, references to general
 * entities stay. References to parameter entities are not allowed there in an internal subset.
 *
 * @see https://www.w3.org/TR/xml/#NT-EntityValue
 */
export function readEntityValue(scanner: DtdScanner, version: '1.0' | '1.1'): string {
  const value = scanner.quoted();
  if (value.includes('%'))
    scanner.fail('"%" is not allowed in an entity value of the internal subset', 'write "&#37;"');
  return value.replace(/&([^&;]*)(;?)/g, (reference, name: string, end: string) => {
    if (end === '' || !isReferenceName(name)) scanner.fail('a bare "&" in an entity value', 'write "&#38;"');
    if (!name.startsWith('#')) return reference;
    return characterOf(name, version);
  });
}
