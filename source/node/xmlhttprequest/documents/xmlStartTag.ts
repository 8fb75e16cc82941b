import { escapeXml } from '../../../parsing/xml/escapeXml.js';
import { namespaces } from '../../../parsing/xml/namespaces.js';
import { type NamespacesInScope } from './NamespacesInScope.js';

/** A start tag up to its `>`. */
export interface XmlStartTag {
  readonly markup: string;
  readonly qualifiedName: string;
  /** The namespaces inside the element. */
  readonly scope: NamespacesInScope;
}

/**
 * The first 13 steps of
 * [XML serializing an Element node](https://w3c.github.io/DOM-Parsing/#dfn-xml-serializing-an-element-node): its start tag.
 */
export function xmlStartTag(element: Element, outer: NamespacesInScope): XmlStartTag {
  const { localName, prefix } = element;
  const attributes = Array.from(element.attributes);
  // 6. to 8. Let map be a copy of prefix map, and record the namespace information of node in it.
  const scope = outer.inner();
  for (const attribute of attributes) {
    if (declaresPrefix(attribute)) scope.add(attribute.localName, attribute.value);
  }
  const localDefaultNamespace = attributes.find(isDefaultDeclaration)?.value;
  // 9. Let inherited ns be a copy of namespace. 10. Let ns be the value of node's namespaceURI attribute.
  const inheritedNs = outer.defaultNamespace;
  const ns = element.namespaceURI;
  let qualifiedName = localName;
  let declaration = '';
  let ignoreDefaultDeclaration = false;
  if (inheritedNs === ns) {
    // 11. If inherited ns is equal to ns, then the prefix is dropped, and the default namespace stays as it is.
    ignoreDefaultDeclaration = true;
  } else {
    // 12. Otherwise: 1. to 3. Let candidate prefix be the preferred prefix; if prefix is "xmlns", let it be that.
    const candidatePrefix = prefix === 'xmlns' ? prefix : scope.use(ns, prefix);
    if (candidatePrefix !== undefined) {
      // 4. If candidate prefix is non-null, then it is what the name is qualified with.
      qualifiedName = `${candidatePrefix}:${localName}`;
      scope.defaultNamespace = defaultNamespace(localDefaultNamespace, inheritedNs);
    } else if (prefix !== null && ns !== null) {
      // 5. Otherwise, if prefix is non-null, then declare it, or a generated one if it is declared here for another namespace.
      const declared = scope.declare(ns, prefix);
      qualifiedName = `${declared}:${localName}`;
      declaration = ` xmlns:${declared}="${escapeXml(ns, 'attribute')}"`;
      scope.defaultNamespace = defaultNamespace(localDefaultNamespace, inheritedNs);
    } else {
      // 6. Otherwise, if local default namespace is not ns, then declare ns as the default namespace. 7. Otherwise, the attribute
      //    does.
      scope.defaultNamespace = ns;
      ignoreDefaultDeclaration = localDefaultNamespace !== (ns ?? '');
      if (ignoreDefaultDeclaration) declaration = ` xmlns="${escapeXml(ns ?? '', 'attribute')}"`;
    }
  }
  // 13. Append the XML serialization of node's attributes.
  let markup = `<${qualifiedName}${declaration}`;
  for (const attribute of attributes) {
    const isLeftOut = isDefaultDeclaration(attribute) && ignoreDefaultDeclaration;
    if (!isLeftOut) markup += serializeAttribute(attribute, scope, outer);
  }
  return { markup, qualifiedName, scope };
}

/**
 * [XML serialization of the attributes](https://w3c.github.io/DOM-Parsing/#dfn-xml-serialization-of-the-attributes): of one
 * attribute.
 */
function serializeAttribute(attribute: Attr, scope: NamespacesInScope, outer: NamespacesInScope): string {
  const { localName, prefix, namespaceURI, value } = attribute;
  let declaration = '';
  let name = localName;
  if (namespaceURI === namespaces.xmlns) {
    // 2. If the attribute is a declaration, it is omitted if it is not allowed or is already in force.
    if (!isDefaultDeclaration(attribute)) {
      if (!declaresPrefix(attribute) || outer.has(localName, value)) return '';
      name = `xmlns:${localName}`;
    }
  } else if (namespaceURI !== null) {
    // 1. and 3. Let candidate prefix be the preferred prefix, or else one that is declared.
    let candidatePrefix = scope.use(namespaceURI, prefix);
    if (candidatePrefix === undefined) {
      candidatePrefix = scope.declare(namespaceURI, prefix);
      declaration = ` xmlns:${candidatePrefix}="${escapeXml(namespaceURI, 'attribute')}"`;
    }
    name = `${candidatePrefix}:${localName}`;
  }
  return `${declaration} ${name}="${escapeXml(value, 'attribute')}"`;
}

/** Whether an attribute declares a namespace for elements without a prefix. */
function isDefaultDeclaration({ namespaceURI, prefix }: Attr): boolean {
  return namespaceURI === namespaces.xmlns && prefix === null;
}

/** Whether an attribute declares a prefix, and XML allows the declaration. */
function declaresPrefix({ namespaceURI, prefix, localName, value }: Attr): boolean {
  if (namespaceURI !== namespaces.xmlns || prefix === null || value === '') return false;
  return !/^xml(?:ns)?$/.test(localName) && value !== namespaces.xml && value !== namespaces.xmlns;
}

/** The default namespace inside an element whose name has a prefix. */
function defaultNamespace(local: string | undefined, inherited: string | null): string | null {
  return local === undefined ? inherited : local || null;
}
