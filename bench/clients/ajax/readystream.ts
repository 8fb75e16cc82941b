import { XMLHttpRequest } from '../../../source/xmlhttprequest.js';
import { ajaxRequests } from './ajaxRequests.js';

await ajaxRequests(() => new XMLHttpRequest());
