import { mergeLimits } from '../../options/mergeLimits.js';
import { xmlPlatform } from '../../parsing/xml/xmlPlatform.js';
import { type XmlOperatorOptions } from '../XmlOperatorOptions.js';
import { type BodyContext } from './BodyContext.js';
import { bodyOptions, type BodyOptions } from './bodyOptions.js';

/** What the XML reader takes: how the body is encoded, where entities come from, what bounds it, what errors name. */
export interface XmlBodyOptions extends BodyOptions {
  readonly entities?: Readonly<Record<string, string>> | ((name: string) => string | undefined);
  /** What an error's advice is where the response itself is the trouble. */
  readonly hint?: string;
}

/** Reads it off the exchange and the operator's own options. */
export function xmlBodyOptions(
  context: BodyContext,
  { entities, limits }: XmlOperatorOptions,
): XmlBodyOptions {
  const options = bodyOptions(context);
  const { ok, status, statusText } = context.response;
  const answer = `${status} ${statusText}`.trimEnd();
  return {
    ...options,
    limits: mergeLimits(options.limits, limits),
    ...(ok
      ? {}
      : { hint: `the server answered ${answer}; put throwIfNotOk() before to have that as the error` }),
    ...(entities === undefined
      ? {}
      : { entities: entities === 'html' ? (name: string) => xmlPlatform().htmlEntity(name) : entities }),
  };
}
