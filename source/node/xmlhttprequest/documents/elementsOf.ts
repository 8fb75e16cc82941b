/** All elements of a document in document order, but those in templates. It needs no stack, however deep the document is. */
export function* elementsOf(document: Document): Generator<Element, void, undefined> {
  // linkedom's and slimdom's documents may have none.
  const root = document.documentElement as Element | null;
  let element = root;
  while (element !== null) {
    yield element;
    let next = element.firstElementChild;
    // Outwards to the first element that another one follows.
    for (
      let up: Element | null = element;
      next === null && up !== null && up !== root;
      up = up.parentElement
    ) {
      next = up.nextElementSibling;
    }
    element = next;
  }
}
