/** What speaks FTP, a bundle of its own, since it is loaded only when somebody needs it. Not an entry itself. */
export { FtpExchange } from './schemes/FtpExchange.js';
