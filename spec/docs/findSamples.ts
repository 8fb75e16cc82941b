import { readdirSync, readFileSync } from 'node:fs';
import { type Sample } from './Sample.js';

const fence = /^( *)```(ts|js|sh|console)\n([^]*?)^\1```$/gm;
const reason = /<!-- not run: ([^]+?) -->\s*$/;

/** All samples of the README, the guides and the docstrings. */
export function findSamples(root: string): readonly Sample[] {
  const list = (folder: string, end: string): string[] =>
    readdirSync(root + folder, { recursive: true, encoding: 'utf8' })
      .filter((name) => name.endsWith(end) && !name.startsWith('api/'))
      .map((name) => `${folder}/${name}`)
      .sort();
  const read = (file: string): string => readFileSync(root + file, 'utf8');
  return [
    ...['README.md', 'CONTRIBUTING.md', ...list('docs', '.md')].flatMap((file) =>
      samplesIn(file, read(file)),
    ),
    ...list('source', '.ts').flatMap((file) => samplesIn(file, docstrings(read(file)))),
  ];
}

/** The samples of a text in Markdown. */
export function samplesIn(file: string, markdown: string): readonly Sample[] {
  return [...markdown.matchAll(fence)].map((match): Sample => {
    const [, indentation = '', language, code = ''] = match;
    const before = markdown.slice(0, match.index);
    return {
      file,
      line: before.split('\n').length + 1,
      language: language as Sample['language'],
      code: code.replaceAll(new RegExp(`^${indentation}`, 'gm'), ''),
      notRun: reason.exec(before)?.[1],
    };
  });
}

/** What the documentation comments of a source file say, each line in its place. */
function docstrings(source: string): string {
  let inside = false;
  return source
    .split('\n')
    .map((line) => {
      if (line.trim() === '/**') inside = true;
      else if (line.trim() === '*/') inside = false;
      else if (inside) return line.replace(/^\s*\* ?/, '');
      return '';
    })
    .join('\n');
}
