import xhr2 from 'xhr2';
import { ajaxRequests } from './ajaxRequests.js';

await ajaxRequests(() => new xhr2.XMLHttpRequest());
