/** The module of the thread that makes synchronous requests. Not for import. */
import { serveSyncRequests } from './xmlhttprequest/sync/serveSyncRequests.js';

serveSyncRequests();
