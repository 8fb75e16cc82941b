/** What a subtest counts in. `uncounted`: in no total, since no browser and no peer passes it, or not in every scope. */
export type Tier = 'node' | 'idl' | 'document' | 'page' | 'uncounted';

type Rule = readonly [test: RegExp, reason: string, subtest?: RegExp];

/** Makes no sense outside a browser's page; see {@link whyPageOnly}. */
const page: readonly Rule[] = [
  [/^access-control-sandboxed-iframe/, 'runs in a sandboxed iframe'],
  [/^access-control-basic-allow-access-control-origin-header-data-url/, 'runs in an iframe, a page of data:'],
  [/^open-url-(?:about-blank|javascript|multi)-window/, 'uses the class of other windows, or navigates them'],
  [/^send-after-setting-document-domain/, 'document.domain and a second window'],
  [/^send-content-type-string/, 'iframes with documents in other encodings'],
  [
    /^open-url-(?:redirected-)?(?:shared)?worker|^xmlhttprequest-timeout-worker/,
    'a Worker of the page requests',
  ],
  [/^close-worker|in-worker\.html/, 'a Worker of the page requests'],
  [/^(?:abort|open)-after-stop/, 'window.stop()'],
  [
    /^xmlhttprequest-sync-(?:block|not-hang)|^sync-xhr-and-window-onload/,
    'when a page blocks on scripts and loads',
  ],
  [/^xmlhttprequest-sync-default-feature|^sync-xhr-supported-by/, 'feature policy'],
  [/^formdata\/.*formelement|^formdata\.html/, 'FormData made of a <form>'],
];

const uncounted: readonly Rule[] = [
  [/^idlharness/, 'responseXML is asked of a window alone', /\bresponseXML\b/],
  [/^idlharness/, 'a <form> is asked of a window alone', /new FormData\(form\)/],
  [/^open-url-multi-window-[456]\./, 'no browser and no peer passes it'],
  [
    /^send-authentication-cors-setrequestheader-no-cred\./,
    'no browser and no peer passes it',
    /URL NOT accepting/,
  ],
  [/^overridemimetype-blob\./, 'no browser and no peer passes it', /^(?:2|26|27|37|41|42|44|50)\)/],
];

const document: readonly Rule[] = [
  [/^response(?:xml|document)|^template-element|^overridemimetype-open-state-force-xml/, 'parses a Document'],
  [
    /^status-(?:async|basic)\.htm|^send-redirect-no-location\.htm|^abort-during-done/,
    'asserts on a responseXML too',
  ],
  [/^send-entity-body-document/, 'sends a Document'],
  [/^setrequestheader-content-type/, 'sends a Document', /Document/],
  [/^open-url-base|^send-non-same-origin/, "the document's <base>"],
  [/^open-url-encoding/, "the document's encoding"],
];

/** Says what a subtest counts in, so that the totals say what can be reached in Node. */
export function tierOf(test: string, subtest: string): Tier {
  if (find(uncounted, test, subtest)) return 'uncounted';
  if (whyPageOnly(test) !== undefined) return 'page';
  if (find(document, test, subtest)) return 'document';
  return test.startsWith('idlharness') ? 'idl' : 'node';
}

/** Why a test asks for a browser's page: what it gives is printed and not judged. Undefined for all others. */
export function whyPageOnly(test: string): string | undefined {
  return find(page, test)?.[1];
}

function find(rules: readonly Rule[], test: string, subtest = ''): Rule | undefined {
  return rules.find(
    ([tests, , subtests]) => tests.test(test) && (subtests === undefined || subtests.test(subtest)),
  );
}
