/** The namespace of the feed's `g:` names. */
export const googleNamespace = 'http://base.google.com/ns/1.0';
