/**
 * What two entries share, built once, so that each class exists once. Not an entry itself: the portable entries pass on
 * by name what is public of it, and what runs on one platform only imports the rest from here.
 */
export { describeBody } from './body/describeBody.js';
export { AbortedError } from './errors/AbortedError.js';
export { defaultLimits } from './errors/defaultLimits.js';
export { HttpStatusError } from './errors/HttpStatusError.js';
export { isAbortedError } from './errors/isAbortedError.js';
export { isHttpStatusError } from './errors/isHttpStatusError.js';
export { isLimitError } from './errors/isLimitError.js';
export { isNetworkError } from './errors/isNetworkError.js';
export { isParseError } from './errors/isParseError.js';
export { isReadystreamError } from './errors/isReadystreamError.js';
export { isRequestTimeoutError } from './errors/isRequestTimeoutError.js';
export { isXmlError } from './errors/isXmlError.js';
export { LimitError } from './errors/LimitError.js';
export { NetworkError } from './errors/NetworkError.js';
export { ParseError } from './errors/ParseError.js';
export { ReadystreamError } from './errors/ReadystreamError.js';
export { RequestTimeoutError } from './errors/RequestTimeoutError.js';
export { XmlError } from './errors/XmlError.js';
export { charsetOf } from './mime/charsetOf.js';
export { isFieldValue } from './mime/isFieldValue.js';
export { isJsonMimeType } from './mime/isJsonMimeType.js';
export { isToken } from './mime/isToken.js';
export { isXmlMimeType } from './mime/isXmlMimeType.js';
export { parseMimeType } from './mime/parseMimeType.js';
export { stripHttpWhitespace } from './mime/stripHttpWhitespace.js';
export { bytes } from './operators/bytes.js';
export { head } from './operators/head.js';
export { headers } from './operators/headers.js';
export { parseWith } from './operators/internal/parseWith.js';
export { progress } from './operators/progress.js';
export { response } from './operators/response.js';
export { status } from './operators/status.js';
export { statusLine } from './operators/statusLine.js';
export { decodeText } from './parsing/decodeText.js';
export { HeaderMap } from './request/HeaderMap.js';
export { ReadyState } from './request/ReadyState.js';
