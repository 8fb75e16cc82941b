/** What all entries for Node share and needs no rxjs, built once. Not an entry itself. */
export { encodeBody } from './body/encodeBody.js';
export { type EncodedBody } from './body/EncodedBody.js';
export { blob } from './schemes/blob.js';
export { acceptEncoding } from './schemes/contentCodings.js';
export { data } from './schemes/data.js';
export { fetchBlob } from './schemes/fetchBlob.js';
export { file } from './schemes/file.js';
export { ftp } from './schemes/ftp.js';
export { type FtpOptions } from './schemes/FtpOptions.js';
export { ftpWith } from './schemes/ftpWith.js';
export { http } from './schemes/http.js';
export { type Connector, httpConnections } from './schemes/HttpConnections.js';
export { isRedirectStatus } from './schemes/isRedirectStatus.js';
export { locationUrl } from './schemes/locationUrl.js';
export { networkErrorFrom } from './schemes/networkErrorFrom.js';
export { parseSingleRangeHeaderValue } from './schemes/parseSingleRangeHeaderValue.js';
export { publicHosts, type PublicHostsOptions } from './schemes/publicHosts.js';
export {
  type SchemeHandler,
  type SchemeRedirect,
  type SchemeRequest,
  type SchemeResponse,
  type SchemeSink,
} from './schemes/SchemeHandler.js';
export { sharedConnections } from './schemes/sharedConnections.js';
export { summarize } from './schemes/summarize.js';
export { UploadBody } from './schemes/UploadBody.js';
export { withoutCredentials } from './schemes/withoutCredentials.js';
