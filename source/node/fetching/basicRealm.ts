/** A comma; a token, which is a scheme or has a value; or anything else. */
const piece =
  /[\t ]*(?:(,)|([-!#$%&'*+.^`|~\w]+)(?:[\t ]*=[\t ]*(?:"((?:[^"\\]|\\[^])*)"|([-!#$%&'*+.^`|~\w]+)))?|"(?:[^"\\]|\\[^])*"?|[^])/y;

/**
 * The realm of the first Basic challenge in a response's `WWW-Authenticate` fields
 * ([RFC 9110, 11.6.1](https://www.rfc-editor.org/rfc/rfc9110#section-11.6.1)); empty where it names none, `undefined` where
 * Basic is not asked for.
 */
export function basicRealm(headers: readonly string[]): string | undefined {
  for (let index = 0; index < headers.length; index += 2) {
    if (headers[index] !== 'www-authenticate') continue;
    const realm = realmIn(headers[index + 1] ?? '');
    if (realm !== undefined) return realm;
  }
  return undefined;
}

function realmIn(field: string): string | undefined {
  let isBasic = false;
  // A scheme comes first or after a comma; what follows it without one is its token68.
  let maySchemeCome = true;
  piece.lastIndex = 0;
  for (let match = piece.exec(field); match !== null; match = piece.exec(field)) {
    const [, comma, token, quoted, plain] = match;
    const value = quoted?.replace(/\\([^])/g, '$1') ?? plain;
    if (comma !== undefined) maySchemeCome = true;
    else if (token !== undefined && value !== undefined) {
      if (isBasic && token.toLowerCase() === 'realm') return value;
    } else if (token !== undefined && maySchemeCome) {
      if (isBasic) return '';
      isBasic = token.toLowerCase() === 'basic';
      maySchemeCome = false;
    }
  }
  return isBasic ? '' : undefined;
}
