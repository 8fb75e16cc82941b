import t from 'tap';
import { applyClientLaws } from './laws/applyClientLaws.js';
import { openBench } from './laws/openBench.js';

const bench = await openBench(t, 'plain');

applyClientLaws(t, bench);
