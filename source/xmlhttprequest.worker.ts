/** The module of the thread that makes synchronous requests. Not for import. */
import { serveSyncRequests } from './node/xmlhttprequest/sync/serveSyncRequests.js';

serveSyncRequests();
