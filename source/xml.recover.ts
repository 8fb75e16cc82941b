/**
 * Brings the option `recover` along, which takes 7 kB of a bundle. Only a page has to ask for it:
 *
 * ```ts
 * import 'readystream/xml/recover';
 * ```
 *
 * @module readystream/xml/recover
 */
import { recoverXml } from './parsing/xml/recovery/recoverXml.js';
import { bindXmlRecovery } from './parsing/xml/xmlRecovery.js';

bindXmlRecovery(recoverXml);
