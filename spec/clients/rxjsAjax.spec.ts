import t from 'tap';
import { applyClientLaws } from './laws/applyClientLaws.js';

await applyClientLaws(t, 'rxjsAjax');
