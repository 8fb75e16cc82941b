import { availableParallelism } from 'node:os';
import { parseArgs } from 'node:util';
import { type ImplementationName, implementationNames } from '../implementations/loadImplementation.js';
import { type Scope } from '../realms/Job.js';
import { type WptTest } from '../suite/WptTest.js';

export interface WptOptions {
  /** The folder of web-platform-tests. */
  readonly checkout: string;
  /** Only tests whose name contains one of these. Empty for all. */
  readonly filters: readonly string[];
  readonly group: WptTest['group'] | undefined;
  readonly jobs: number;
  readonly isVerbose: boolean;
  readonly isUpdate: boolean;
  readonly implementation: ImplementationName;
  /** The module that has our class: a source of the project, or a built file. */
  readonly entry: string;
  readonly scope: Scope;
  /** Where the results are written to. */
  readonly json: string | undefined;
}

const usage = `usage: npm run wpt -- CHECKOUT [options]

  CHECKOUT          a checkout of web-platform-tests, for its xhr/ and its server
  --filter TEXT     only the tests whose name contains it; may be given again
  --group any|html  only scripts for any scope, or only what needs a page
  --jobs N          how many at once (default: two for each processor)
  --verbose         each test, and the messages of what fails
  --update          writes expectations.txt and suite.txt anew
  --entry FILE      the built entry, dist/xmlhttprequest.js, in place of the sources
  --impl NAME       ${implementationNames.join(', ')}; what is not ours is not judged
  --scope NAME      worker (default) or window: what scripts are told that they are in
  --json FILE       writes all results there`;

/** @throws TypeError with the usage, for what is not understood. */
export function parseOptions(args: readonly string[]): WptOptions {
  try {
    return parse(args);
  } catch (error) {
    throw new TypeError(`${error instanceof Error ? error.message : String(error)}\n\n${usage}`);
  }
}

function parse(args: readonly string[]): WptOptions {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: {
      filter: { type: 'string', multiple: true, default: [] },
      group: { type: 'string' },
      jobs: { type: 'string', default: String(2 * availableParallelism()) },
      verbose: { type: 'boolean', default: false },
      update: { type: 'boolean', default: false },
      entry: { type: 'string', default: 'source/xmlhttprequest.ts' },
      impl: { type: 'string', default: 'readystream' },
      scope: { type: 'string', default: 'worker' },
      json: { type: 'string' },
    },
  });
  const [checkout, ...others] = positionals;
  if (checkout === undefined || others.length > 0) throw new TypeError('one CHECKOUT is needed');
  const jobs = Number(values.jobs);
  if (!Number.isInteger(jobs) || jobs < 1) throw new TypeError('--jobs must be 1 or more');
  return {
    checkout,
    filters: values.filter,
    group: values.group === undefined ? undefined : oneOf('--group', ['any', 'html'] as const, values.group),
    jobs,
    isVerbose: values.verbose,
    isUpdate: values.update,
    implementation: oneOf('--impl', implementationNames, values.impl),
    entry: values.entry,
    scope: oneOf('--scope', ['worker', 'window'], values.scope),
    json: values.json,
  };
}

function oneOf<Name extends string>(option: string, names: readonly Name[], value: string): Name {
  const name = names.find((one) => one === value);
  if (name === undefined) throw new TypeError(`${option} ${value}: it can be ${names.join(' or ')}`);
  return name;
}
