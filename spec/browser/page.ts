/** What runs in the browser's page: cases by name, each a function that rejects where it fails. */
import { adapterCases } from './adapterCases.js';
import { operatorCases } from './operatorCases.js';

Object.assign(globalThis, { cases: { ...adapterCases(), ...operatorCases() } });
