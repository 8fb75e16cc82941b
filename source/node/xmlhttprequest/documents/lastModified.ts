/**
 * What a document's [`lastModified`](https://html.spec.whatwg.org/multipage/dom.html#dom-document-lastmodified) says, by the
 * response's `Last-Modified`: `MM/DD/YYYY hh:mm:ss` in local time; now where that is not known.
 */
export function lastModified(field: string | undefined): string {
  const stated = new Date(field ?? NaN);
  const date = Number.isNaN(stated.getTime()) ? new Date() : stated;
  const two = (value: number): string => String(value).padStart(2, '0');
  const day = [two(date.getMonth() + 1), two(date.getDate()), String(date.getFullYear()).padStart(4, '0')];
  return `${day.join('/')} ${[date.getHours(), date.getMinutes(), date.getSeconds()].map(two).join(':')}`;
}
