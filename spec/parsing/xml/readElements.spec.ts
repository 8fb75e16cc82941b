import t from 'tap';
import { treeReader } from '../../../source/parsing/xml/readElements.js';
import { recordScanner } from '../../../source/parsing/xml/records/readRecords.js';
import { testElements } from './elementsContracts.js';

testElements(t, 'elements read by saxes', treeReader);
testElements(t, 'elements read by the scanner', recordScanner);
