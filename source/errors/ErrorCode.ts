/** The `code` of each error class, for switches and logs; it survives realms and serialisation. */
export type ErrorCode =
  'ERR_NETWORK' | 'ERR_TIMEOUT' | 'ERR_ABORTED' | 'ERR_HTTP_STATUS' | 'ERR_PARSE' | 'ERR_XML' | 'ERR_LIMIT';
