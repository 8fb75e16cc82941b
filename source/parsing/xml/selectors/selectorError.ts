/** The error of a selector that cannot be compiled: what is wrong with which, and what to write. */
export function selectorError(selector: string, detail: string, cause?: unknown): TypeError {
  return new TypeError(
    `The selector ${JSON.stringify(selector)} ${detail}`,
    cause === undefined ? undefined : { cause },
  );
}
