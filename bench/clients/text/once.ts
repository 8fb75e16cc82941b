import { readText } from './readText.js';

await readText(false);
