import { type OperatorFunction } from 'rxjs';
import { elementsReader, treeReader } from '../parsing/xml/readElements.js';
import { compileSelector } from '../parsing/xml/selectors/compileSelector.js';
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
  const { namespaces = {}, recover = false } = options;
  const compiled = compileSelector(selector, namespaces, { hasColons: recover !== false });
  const { read, sliceBytes } = recover === false ? elementsReader() : treeReader;
  return parseXmlWith(
    options,
    ['entities', 'limits', 'namespaces', 'recover'],
    (given) => read(compiled, { ...given, namespaces }),
    sliceBytes,
  );
}
