import { type StartTag } from './StartTag.js';

/** Names the innermost elements that are open, with their places. */
export function describeOpenElements(open: readonly StartTag[]): string {
  const named = open
    .slice(-3)
    .reverse()
    .map(({ name, line, column }) => `<${name}> (opened at line ${line}, column ${column})`);
  return named.join(', ') + (open.length > 3 ? ` and ${open.length - 3} more` : '');
}
