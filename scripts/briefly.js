/** Leaves of TAP what fails, is skipped, or is printed beside the assertions: nothing of a spec that passes. */
export function briefly(/** @type {string} */ tap) {
  /** The heads of the tests that a line is in, from the outermost; none for one that is written. */
  let heads = [];
  /** The line that ends the details of an assertion. */
  let end;
  const linesFor = (/** @type {string} */ line) => {
    if (end !== undefined) {
      if (line === end) end = undefined;
      return [line];
    }
    const [, indentation = '', text = ''] = /^( *)(.*)$/.exec(line) ?? [];
    const depth = indentation.length / 4;
    if (text.startsWith('# Subtest: ')) {
      heads = [...heads.slice(0, depth), line];
      return [];
    }
    if (text === '---') end = `${indentation}...`;
    if (/^(?:$|TAP version|1\.\.|# time=|# \{ total|ok (?!.* # (?:SKIP|TODO)))/.test(text)) return [];
    if (!/^(?:not )?ok /.test(text)) return [line];
    const above = heads.slice(0, depth).filter((head) => head !== undefined);
    heads = heads.map((head, index) => (index < depth ? undefined : head));
    return [...above, line];
  };
  return tap.split('\n').flatMap(linesFor).join('\n');
}
