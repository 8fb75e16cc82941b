/** Everything for pages, `readystream` and `readystream/xml` in one: the entry of the bundles for pages without a bundler. */
export * from './index.browser.js';
export * from './xml.browser.js';
