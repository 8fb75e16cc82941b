/**
 * The entities that need no declaration.
 *
 * @see https://www.w3.org/TR/xml/#sec-predefined-ent
 */
export const predefinedEntities: ReadonlyMap<string, string> = /*#__PURE__*/ new Map([
  ['amp', '&'],
  ['lt', '<'],
  ['gt', '>'],
  ['quot', '"'],
  ['apos', "'"],
]);
