/** The entry `readystream/xmlhttprequest/register`: defines the classes as globals. */
import { install } from './xmlhttprequest.js';

install();
