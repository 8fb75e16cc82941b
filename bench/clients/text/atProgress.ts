import { readText } from './readText.js';

await readText(true);
