/** The record without what is `undefined` in it: a value given as undefined is one not given. */
export function givenOnly<Given extends object>(record: Given): Given {
  return Object.fromEntries(Object.entries(record).filter(([, value]) => value !== undefined)) as Given;
}
