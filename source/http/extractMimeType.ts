import { type MimeType, parseMimeType } from './mimeType.js';

/**
 * [Extracts a MIME type](https://fetch.spec.whatwg.org/#concept-header-extract-mime-type) from the combined value of all
 * `Content-Type` fields; `undefined` if none is valid. The last one wins; without a charset, it keeps the charset of the one
 * before if both name the same type.
 */
export function extractMimeType(contentType: string | undefined): MimeType | undefined {
  // 1. Let charset be null. 2. Let essence be null. 3. Let mimeType be null.
  let charset: string | undefined;
  let essence: string | undefined;
  let mimeType: MimeType | undefined;
  // 4. Let values be the result of getting, decoding, and splitting `Content-Type` from headers.
  // 5. If values is null, then return failure.
  // 6. For each value of values:
  for (const value of contentType?.match(commaSeparated) ?? []) {
    // 1. Let temporaryMimeType be the result of parsing value.
    const parsed = parseMimeType(value);
    // 2. If temporaryMimeType is failure or its essence is "*/*", then continue.
    if (parsed === undefined || parsed.essence === '*/*') continue;
    // 3. Set mimeType to temporaryMimeType.
    mimeType = parsed;
    const own = parsed.parameters.get('charset');
    if (parsed.essence !== essence) {
      // 4. If mimeType's essence is not essence, then set charset to its charset, if any, and essence to its essence.
      charset = own;
      essence = parsed.essence;
    } else if (own === undefined && charset !== undefined) {
      // 5. Otherwise, if mimeType has no charset, and charset is non-null, set it to charset.
      mimeType = { essence, parameters: new Map([...parsed.parameters, ['charset', charset]]) };
    }
  }
  // 7. If mimeType is null, then return failure. 8. Return mimeType.
  return mimeType;
}

/** A part between commas outside of quotes. */
const commaSeparated = /(?:[^",]|"(?:[^"\\]|\\[^])*(?:"|\\?$))+/g;

/** Returns the charset of a `Content-Type` or a MIME type as it is written there; `undefined` if it names none. */
export function charsetOf(contentType: string | undefined): string | undefined {
  // Most responses name no charset, and most others no other parameter: neither needs parsing.
  if (!contentType?.includes(';')) return undefined;
  const [, alone] = /^[^;,"]+; ?charset=([-\w]+)$/i.exec(contentType) ?? [];
  return alone ?? extractMimeType(contentType)?.parameters.get('charset');
}
