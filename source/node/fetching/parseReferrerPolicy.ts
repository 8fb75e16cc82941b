const policies = [
  'no-referrer',
  'no-referrer-when-downgrade',
  'same-origin',
  'origin',
  'strict-origin',
  'origin-when-cross-origin',
  'strict-origin-when-cross-origin',
  'unsafe-url',
];

/**
 * [Parse a referrer policy from a `Referrer-Policy` header](https://w3c.github.io/webappsec-referrer-policy/#parse-referrer-policy-from-header);
 * `undefined` is its empty string.
 */
export function parseReferrerPolicy(field: string): string | undefined {
  // 1. Let policy-tokens be the result of extracting header list values given `Referrer-Policy`.
  // 2. Let policy be the empty string.
  // 3. For each token in policy-tokens, if token is a referrer policy and token is not the empty string, set policy to it.
  // 4. Return policy.
  return field
    .split(',')
    .map((token) => token.trim().toLowerCase())
    .filter((token) => policies.includes(token))
    .at(-1);
}
