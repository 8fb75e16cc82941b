/** What a sample says that it prints. */
export interface ExpectedOutput {
  /** The values, in order, white space between them reduced to one blank. */
  readonly text: string;
  /** Whether more may follow: the last comment ends in `…`. */
  readonly more: boolean;
}

/**
 * Reads the comments behind `console.log`: `// 1` is one value, `// 1, then 2` are two, and `// 1, then …` says that
 * more follow. `undefined` where there are none.
 */
export function expectedOutput(code: string): ExpectedOutput | undefined {
  const comments = [...code.matchAll(/console\.log\b.*? \/\/ (.+)$/gm)].map(([, comment = '']) => comment);
  if (comments.length === 0) return undefined;
  const text = oneLine(comments.flatMap((comment) => comment.split(', then ')).join(' '));
  return text.endsWith('…') ? { text: text.slice(0, -1).trim(), more: true } : { text, more: false };
}

/** Whether a process printed what its sample says. */
export function isExpected(printed: string, { text, more }: ExpectedOutput): boolean {
  const line = oneLine(printed);
  return more ? line.startsWith(text) : line === text;
}

function oneLine(text: string): string {
  return text.replaceAll(/\s+/g, ' ').trim();
}
