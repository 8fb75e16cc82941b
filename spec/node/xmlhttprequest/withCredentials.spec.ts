import t from 'tap';
import { XMLHttpRequest } from '../../../source/xmlhttprequest.js';
import { fired } from '../../helpers/xhrEvents.js';

t.test('withCredentials is a boolean that must be set before send()', async (t) => {
  const xhr = new XMLHttpRequest();
  t.equal(xhr.withCredentials, false);
  const tried: number[] = [];
  const isRefused = (): void => {
    tried.push(xhr.readyState);
    t.throws(
      () => {
        xhr.withCredentials = false;
      },
      { name: 'InvalidStateError', constructor: DOMException },
      `in ${xhr.readyState}`,
    );
    t.equal(xhr.withCredentials, true);
  };
  for (const [given, value] of [
    [1, true],
    [0, false],
    ['', false],
    ['false', true],
    [{}, true],
    [null, false],
  ]) {
    (xhr as { withCredentials: unknown }).withCredentials = given;
    t.equal(xhr.withCredentials, value);
  }
  xhr.open('GET', 'data:,');
  xhr.withCredentials = true;
  t.equal(xhr.withCredentials, true);
  xhr.onloadstart = xhr.onreadystatechange = isRefused;
  xhr.send();
  isRefused();
  await fired(xhr, 'loadend');
  isRefused();
  t.same(tried, [1, 1, 2, 4, 4]);
  xhr.onloadstart = xhr.onreadystatechange = null;
  xhr.open('GET', 'data:,');
  t.equal(xhr.withCredentials, true, 'it stays for the next request');
  xhr.withCredentials = false;
  xhr.send();
  xhr.abort();
  xhr.withCredentials = true;
  t.equal(xhr.withCredentials, true);
});
