/**
 * Has `elements()` read by the scanner, which takes half the time and memory and 11 kB of a bundle. Only a page has to ask for it:
 *
 * ```ts
 * import 'readystream/xml/scanner';
 * ```
 *
 * @module readystream/xml/scanner
 */
import { bindElementsReader } from './parsing/xml/readElements.js';
import { recordScanner } from './parsing/xml/records/readRecords.js';

bindElementsReader(recordScanner);
