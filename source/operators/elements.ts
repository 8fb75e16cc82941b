import { type OperatorFunction } from 'rxjs';
import { elementsReader, treeReader } from '../parsing/xml/readElements.js';
import { compileSelector } from '../parsing/xml/selectors/compileSelector.js';
import { type XmlCheckpoint } from '../parsing/xml/XmlCheckpoint.js';
import { type XmlElement } from '../parsing/xml/XmlElement.js';
import { type ReadyStateEvent } from '../request/ReadyStateEvent.js';
import { parseXmlWith, type XmlOperatorOptions } from './internal/parseXmlWith.js';

/** Options of {@link elements}. */
export interface ElementsOptions extends XmlOperatorOptions {
  /**
   * The namespaces of the prefixes in selectors, here and in queries on the elements:
   * `{ g: 'http://base.google.com/ns/1.0' }`. The prefixes in the document do not matter. `''` sets the namespace of names
   * without a prefix; without it, they match in any namespace. @defaultValue none
   */
  readonly namespaces?: Readonly<Record<string, string>> | undefined;
  /**
   * Where to go on: what `checkpoint()` of an element gave, of the same selector and namespaces. The response has to be that of
   * `request(url, resumeAt(checkpoint))`; where it is not the rest of the same document, there is a `ResumeError` before the
   * first element. `undefined` is the start. @defaultValue `undefined`
   */
  readonly resumeAt?: XmlCheckpoint | undefined;
}

/**
 * Emits each element that the selector matches, complete, at its end tag, while the document is still arriving; of nested
 * matches, the inner one first. Memory holds the outermost open match and no emitted elements. Errors with an `XmlError`,
 * after all elements before the error, if the XML is malformed, truncated, illegal in its encoding or over a limit
 * (`limits.xmlRecordCharacters` for an element).
 *
 * @param selector - a CSS selector: `'item'`, `'channel > item'`, `'g|price[currency="EUR"]'`, lists; a selector that depends
 * on the rest of the document (`:last-child`, `:has()`) throws a `TypeError` at once.
 *
 * @example
 * ```ts
 * import { request } from 'readystream';
 * import { elements } from 'readystream/xml';
 *
 * request('data:text/xml,<feed><item id="1"><title>One</title></item></feed>')
 *   .pipe(elements('feed > item'))
 *   .subscribe((item) => console.log(item.attribute('id'), item.text('title'))); // 1 One
 * ```
 *
 * @see [Selectors](https://www.w3.org/TR/selectors-4/)
 */
export function elements(
  selector: string,
  options: ElementsOptions = {},
): OperatorFunction<ReadyStateEvent, XmlElement> {
  const { namespaces = {}, recover = false, resumeAt: checkpoint } = options;
  if (recover !== false && checkpoint !== undefined)
    throw new TypeError('Use either recover or resumeAt: repairs leave no place to continue from');
  const compiled = compileSelector(selector, namespaces, { hasColons: recover !== false });
  const { read, sliceBytes, checkCheckpoint } = recover === false ? elementsReader() : treeReader;
  const resumeAt = checkpoint && checkCheckpoint(checkpoint, selector, namespaces);
  return parseXmlWith(
    options,
    ['entities', 'limits', 'namespaces', 'recover', 'resumeAt'],
    (given) => read(compiled, { ...given, namespaces, resumeAt }),
    sliceBytes,
  );
}
