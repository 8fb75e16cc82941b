import { type MimeType, parseMimeType } from './mimeType.js';

/**
 * [Extracts a MIME type](https://fetch.spec.whatwg.org/#concept-header-extract-mime-type) from the combined value of all
 * `Content-Type` fields; `undefined` where there is none that can be read. The last one holds; one without a charset
 * keeps that of the one before where they agree otherwise.
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

/** A part between commas that stand outside of quotes. */
const commaSeparated = /(?:[^",]|"(?:[^"\\]|\\[^])*(?:"|\\?$))+/g;

/** The charset that a `Content-Type`, or a MIME type, names, as it is written there; `undefined` where it names none. */
export function charsetOf(contentType: string | undefined): string | undefined {
  // Most responses name none, and most others nothing else: nothing has to be taken apart to know.
  if (!contentType?.includes(';')) return undefined;
  const [, alone] = /^[^;,"]+; ?charset=([-\w]+)$/i.exec(contentType) ?? [];
  return alone ?? extractMimeType(contentType)?.parameters.get('charset');
}
