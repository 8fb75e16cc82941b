import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import t from 'tap';

const program = fileURLToPath(new URL('./readHostile.js', import.meta.url));

interface Verdict {
  readonly start: string;
  readonly unit: string;
  readonly reader: string;
  readonly code: string;
}

/** What a process of 512 MB says of hostile documents; it is an error if it dies of them. */
async function verdicts(...args: readonly string[]): Promise<readonly Verdict[]> {
  const { stdout } = await promisify(execFile)(
    process.execPath,
    ['--max-old-space-size=512', program, ...args],
    {
      maxBuffer: 2 ** 26,
    },
  );
  return stdout
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as Verdict);
}

t.test(
  'documents of nodes that weigh much more than they are long end in an error, and no process',
  async (t) => {
    const said = await verdicts('4600000', 'heavy');
    t.equal(said.length, 2 * 6);
    t.same(
      said.filter(({ code }) => code.startsWith('not of the family')),
      [],
    );
    const codesOf = (name: string): readonly string[] => [
      ...new Set(said.filter(({ reader }) => reader === name).map(({ code }) => code)),
    ];
    t.same(codesOf('xmlDocument'), ['documentBytes']);
    t.same(codesOf('elements of all'), ['xmlRecordCharacters']);
  },
);

t.test('no hostile document leaves the closed family of errors', async (t) => {
  const said = [...(await verdicts('60000', 'worst')), ...(await verdicts('60000', '7', '20'))];
  t.ok(said.length > 300);
  t.same(
    said.filter(({ code }) => code.startsWith('not of the family')),
    [],
  );
  t.ok(new Set(said.map(({ code }) => code)).size >= 5, 'and they are refused for different reasons');
});
