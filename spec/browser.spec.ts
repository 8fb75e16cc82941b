import t from 'tap';
import { findChromium } from './browser/findChromium.js';
import { openHarness } from './browser/harness.js';

const executable = findChromium();
const skip =
  executable === undefined
    ? 'no Chromium found: install it (apt-get install chromium) or set CHROMIUM_PATH'
    : false;

// All of it takes seconds, but not on a machine that does much else.
t.setTimeout(600_000);

t.test('in Chromium', { skip }, async (t) => {
  const harness = await openHarness(executable ?? '');
  t.teardown(() => harness.close());
  for (const name of harness.names) {
    await t.test(name, async (t) => {
      await harness.run(name);
      t.pass();
    });
  }
  t.strictSame(harness.uncaught, [], 'the page throws nothing that nobody catches');
});
