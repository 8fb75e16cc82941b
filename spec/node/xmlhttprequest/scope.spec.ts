import t from 'tap';
import { createXMLHttpRequest } from '../../../source/xmlhttprequest.js';
import '../../helpers/syncRequest.js';
import { completed } from '../../helpers/xhrEvents.js';

const xml = 'data:text/xml,<a/>';
const classes = {
  window: createXMLHttpRequest({ scope: 'window' }),
  worker: createXMLHttpRequest({ scope: 'worker' }),
  none: createXMLHttpRequest(),
};

for (const [scope, XMLHttpRequest] of Object.entries(classes)) {
  const isWorker = scope === 'worker';
  const isWindow = scope === 'window';

  t.test(`documents, ${scope}`, async (t) => {
    const xhr = new XMLHttpRequest();
    xhr.responseType = 'document';
    t.equal(xhr.responseType, isWorker ? '' : 'document');
    await completed(xhr, xml);
    if (isWorker) t.equal(xhr.response, '<a/>', 'a worker has text in its place');
    else t.match(xhr.response, { documentElement: { nodeName: 'a' } });
    t.equal('responseXML' in xhr, !isWorker);
    if (isWorker) t.equal((xhr as { responseXML?: unknown }).responseXML, undefined);
    else t.equal(xhr.responseXML, xhr.response);
    const setAgain = (): void => {
      xhr.responseType = 'document';
    };
    if (isWorker) t.doesNotThrow(setAgain, 'in a worker it is passed over at any time');
    else t.throws(setAgain, { name: 'InvalidStateError', constructor: DOMException });
  });

  t.test(`synchronous requests, ${scope}`, (t) => {
    const xhr = new XMLHttpRequest();
    xhr.open('GET', xml, false);
    const setType = (): void => {
      xhr.responseType = 'text';
    };
    const setTimeLimit = (): void => {
      xhr.timeout = 60_000;
    };
    for (const set of [setType, setTimeLimit]) {
      if (isWindow) t.throws(set, { name: 'InvalidAccessError', constructor: DOMException });
      else t.doesNotThrow(set);
    }
    t.doesNotThrow(() => {
      (xhr as { responseType: string }).responseType = 'unknown';
    }, 'what is no type is passed over');
    xhr.send();
    t.equal(xhr.responseText, '<a/>');
    xhr.open('GET', xml, false);
    xhr.send();
    t.equal(xhr.responseText, '<a/>', 'what was set stays');
    t.same([xhr.responseType, xhr.timeout], isWindow ? ['', 0] : ['text', 60_000]);
    t.end();
  });
}
