import { isPotentiallyTrustworthy, originOf } from '../../http/serializedUrl.js';
import { type OngoingRequest } from './OngoingRequest.js';

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

/**
 * [Determine request's referrer](https://w3c.github.io/webappsec-referrer-policy/#determine-requests-referrer); `undefined`
 * is no referrer.
 */
export function determineReferrer(request: OngoingRequest): string | undefined {
  // 1. to 4. Let policy be request's referrer policy, and referrerURL its referrer, stripped.
  // Note: the client strips it, once.
  const { referrer, referrerPolicy, url } = request;
  if (referrer === undefined) return undefined;
  // 5. Let referrerOrigin be the result of stripping referrerSource for use as a referrer, with the origin-only flag set.
  const origin = originOf(referrer);
  const referrerOrigin = `${origin}/`;
  // 6. If the result of serializing referrerURL is a string whose length is greater than 4096, set it to referrerOrigin.
  const referrerURL = referrer.length > 4_096 ? referrerOrigin : referrer;
  // 7. The user agent may alter it.
  const isSameOrigin = origin === originOf(url);
  const isDowngrade = isPotentiallyTrustworthy(referrer) && !isPotentiallyTrustworthy(url);
  // 8. Execute the statements corresponding to the value of policy:
  switch (referrerPolicy) {
    case 'no-referrer':
      return undefined;
    case 'origin':
      return referrerOrigin;
    case 'unsafe-url':
      return referrerURL;
    case 'strict-origin':
      return isDowngrade ? undefined : referrerOrigin;
    case 'origin-when-cross-origin':
      return isSameOrigin ? referrerURL : referrerOrigin;
    case 'same-origin':
      return isSameOrigin ? referrerURL : undefined;
    case 'no-referrer-when-downgrade':
      return isDowngrade ? undefined : referrerURL;
    // strict-origin-when-cross-origin
    default:
      if (isSameOrigin) return referrerURL;
      return isDowngrade ? undefined : referrerOrigin;
  }
}
