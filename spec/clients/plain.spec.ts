import t from 'tap';
import { applyClientContracts } from './contracts/applyClientContracts.js';
import { openBench } from './contracts/openBench.js';

const bench = await openBench(t, 'plain');

applyClientContracts(t, bench);
