import { type Namespaces } from '../selectors/resolvePrefix.js';
import { type XmlCheckpoint, type XmlCheckpointTag } from '../XmlCheckpoint.js';

/**
 * Checks what a caller gives as a checkpoint, which may have been written by another program, or for another selector.
 *
 * @throws TypeError that says what is wrong.
 */
export function checkXmlCheckpoint(
  checkpoint: XmlCheckpoint,
  selector: string,
  namespaces: Namespaces,
): XmlCheckpoint {
  const { version, offset, overlap, documentStart, records, position, open } = Object(
    checkpoint,
  ) as Partial<XmlCheckpoint>;
  const isWhole =
    version === 1 &&
    [offset, overlap, documentStart, records, position?.line, position?.column, position?.offset].every(
      (number) => Number.isSafeInteger(number),
    ) &&
    typeof checkpoint.encoding === 'string' &&
    typeof checkpoint.validator === 'string' &&
    Array.isArray(open) &&
    (open as readonly Partial<XmlCheckpointTag>[]).every(
      ({ name, attributes }) => typeof name === 'string' && Array.isArray(attributes),
    );
  if (!isWhole)
    throw new TypeError('resumeAt: give what element.checkpoint() gave, by this version of the package');
  if (checkpoint.selector !== selector) {
    throw new TypeError(
      `resumeAt: the checkpoint is one of the selector '${checkpoint.selector}', not of '${selector}'`,
    );
  }
  const sorted = (record: Namespaces): string => JSON.stringify(Object.entries(record).sort());
  if (sorted(checkpoint.namespaces) !== sorted(namespaces))
    throw new TypeError('resumeAt: the checkpoint is one of other namespaces');
  return checkpoint;
}
