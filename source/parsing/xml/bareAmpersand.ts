import { XmlFault } from './XmlFault.js';

/** The error for an "&" that starts no reference. */
export function bareAmpersand(): XmlFault {
  return new XmlFault('a bare "&"', 'write "&amp;"');
}
