import { type Sample } from './Sample.js';

/** A command of a shell sample. */
export interface Command {
  readonly line: string;
  /** What it prints, where the sample shows it; a last `…` says that more follows. */
  readonly output: string | undefined;
  /** From a comment `# exit code 5` behind it; 0 without one. */
  readonly exitCode: number;
}

/** The commands of a sample: each line of an `sh` block, each line behind a `$` of a `console` block, comments left out. */
export function commandsOf({ language, code }: Sample): readonly Command[] {
  const text = code.replaceAll(/\\\n\s*/g, '');
  if (language === 'console') {
    const parts = text.split(/^\$ /m).slice(1);
    return parts.map((part) => {
      const [line = '', ...output] = part.split('\n');
      return { ...parse(line), output: output.join('\n') };
    });
  }
  const lines = text.split('\n').filter((line) => line.trim() !== '' && !line.startsWith('#'));
  return lines.map((line) => ({ ...parse(line), output: undefined }));
}

function parse(text: string): Pick<Command, 'line' | 'exitCode'> {
  const [, line = text, comment = ''] = /^(.*?)\s+# (.*)$/.exec(text) ?? [];
  return { line: line.trim(), exitCode: Number(/exit code (\d+)/.exec(comment)?.[1] ?? 0) };
}
