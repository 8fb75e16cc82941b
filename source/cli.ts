/** The command `readystream`; `bin/readystream.js` imports it. */
import { main } from './cli/main.js';
import { processIo } from './cli/processIo.js';
import { bindNodeTextDecoder } from './parsing/encoding/bindNodeTextDecoder.js';
import { nodePlatform } from './parsing/xml/nodePlatform.js';
import { bindElementsReader } from './parsing/xml/readElements.js';
import { recordScanner } from './parsing/xml/records/readRecords.js';
import { recoverXml } from './parsing/xml/recovery/recoverXml.js';
import { bindXmlPlatform } from './parsing/xml/xmlPlatform.js';
import { bindXmlRecovery } from './parsing/xml/xmlRecovery.js';

bindXmlPlatform(nodePlatform);
bindNodeTextDecoder();
bindElementsReader(recordScanner);
bindXmlRecovery(recoverXml);

// All output is written by then. Anything still open (a pipe being read, an idle connection) is not waited for.
void main(process.argv.slice(2), processIo(new URL('../package.json', import.meta.url))).then((exitCode) => {
  process.exit(exitCode);
});
