/** Whether a value is a DOM's document: of any realm and any DOM, by its `nodeType`. */
export function isDocument(value: unknown): value is Document {
  return typeof value === 'object' && value !== null && 'nodeType' in value && value.nodeType === 9;
}
