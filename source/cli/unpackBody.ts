import { type MonoTypeOperatorFunction } from 'rxjs';
import { decompress } from '../operators/decompress.js';
import { type ReadyStateEvent } from '../request/ReadyStateEvent.js';
import { type RequestCommand } from './Command.js';
import { oneLine } from './output/cells.js';

/** Unpacks a body that is gzip or zip, and says so. */
export function unpackBody(
  { entry }: Pick<RequestCommand, 'entry'>,
  say: (text: string) => void,
): MonoTypeOperatorFunction<ReadyStateEvent> {
  let passedOver = false;
  return decompress({
    entry,
    onFile({ format, name = '', chosen }) {
      const file = oneLine(name);
      if (format === 'gzip') say('the body is gzip: it is unpacked');
      else if (chosen) say(`the body is a zip archive: '${file}' of it is read`);
      else if (!passedOver && entry === undefined) {
        passedOver = true;
        say(`there are more files in the archive, as '${file}': choose one by --entry NAME`);
      }
    },
  });
}
