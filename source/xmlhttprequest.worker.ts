/** The module of the thread that makes synchronous requests. Do not import it. */
import { serveSyncRequests } from './node/xmlhttprequest/sync/serveSyncRequests.js';

serveSyncRequests();
