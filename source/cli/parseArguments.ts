import { parseArgs } from 'node:util';
import { type Command, type Format, type RequestCommand } from './Command.js';
import { UsageError } from './exit.js';
import { optionTable } from './optionTable.js';
import { parseFields } from './parseFields.js';
import { parseLimits } from './parseLimits.js';
import { parseTimeout } from './parseTimeout.js';
import { readEntities } from './readEntities.js';

const formats: readonly Format[] = ['ndjson', 'json', 'table', 'xml', 'text', 'raw'];

/** Reads the command line; throws a {@link UsageError} that says what is wrong with it. */
export function parseArguments(argv: readonly string[]): Command {
  if (argv.length === 0) return { kind: 'demo' };
  const { values, lists, flags, positionals } = readOptions(argv);
  if (flags.has('help')) return { kind: 'help' };
  if (flags.has('version')) return { kind: 'version' };
  if (flags.has('demo')) {
    if (argv.length > 1) throw new UsageError('--demo stands alone: it takes no URL and no other option');
    return { kind: 'demo' };
  }
  const [target, ...more] = positionals;
  if (target === undefined || target === '')
    throw new UsageError('which URL? Write: readystream [OPTION]... URL');
  if (more.length > 0) {
    throw new UsageError(`one URL at a time: there are ${positionals.length} (is a quotation mark missing?)`);
  }
  const command: RequestCommand = {
    kind: 'request',
    target,
    allowFile: flags.has('allow-file'),
    select: values.get('select'),
    fields: mapped(values.get('fields'), parseFields),
    namespaces: parseNamespaces(lists.get('ns') ?? []),
    entities: lists.has('entities') ? readEntities(lists.get('entities') ?? []) : undefined,
    recover: flags.has('recover'),
    entry: values.get('entry'),
    limit: mapped(values.get('limit'), (text) => parseCount('limit', text, 1)) ?? Infinity,
    format: mapped(values.get('format'), parseFormat),
    progress: flags.has('progress') ? true : flags.has('no-progress') ? false : undefined,
    method: values.get('method'),
    headers: (lists.get('header') ?? []).map(parseHeader),
    data: values.get('data'),
    dataFile: values.get('data-file'),
    timeout: mapped(values.get('timeout'), parseTimeout),
    maxRedirects: mapped(values.get('max-redirects'), (text) => parseCount('max-redirects', text, 0)),
    limits: parseLimits(lists.get('limits') ?? []),
    mimeType: values.get('mime-type'),
    checkpoint: values.get('checkpoint'),
  };
  refuseContradictions(command, flags, lists);
  return command;
}

interface ReadOptions {
  readonly values: ReadonlyMap<string, string>;
  readonly lists: ReadonlyMap<string, readonly string[]>;
  readonly flags: ReadonlySet<string>;
  readonly positionals: readonly string[];
}

function readOptions(argv: readonly string[]): ReadOptions {
  const specs = optionTable.flatMap(([, options]) => options);
  const { tokens, positionals } = parseArgs({
    args: [...argv],
    options: Object.fromEntries(
      specs.map(({ name, short, value }) => [
        name,
        {
          type: value === undefined ? 'boolean' : 'string',
          multiple: true,
          ...(short && { short }),
        } as const,
      ]),
    ),
    allowPositionals: true,
    strict: false,
    tokens: true,
  });
  const values = new Map<string, string>();
  const lists = new Map<string, string[]>();
  const flags = new Set<string>();
  for (const token of tokens) {
    if (token.kind !== 'option') continue;
    const { name, rawName, value, inlineValue } = token;
    const spec = specs.find((known) => known.name === name);
    if (spec === undefined) {
      const known = specs.map((option) => `--${option.name}`).join(' ');
      throw new UsageError(`there is no option ${rawName}; the options are ${known}`);
    }
    if (spec.value === undefined) {
      if (value !== undefined) throw new UsageError(`${rawName} takes no value`);
      flags.add(name);
      continue;
    }
    // A value that looks like an option is more likely an option whose value was forgotten before it.
    if (value === undefined || (!inlineValue && /^-./.test(value))) {
      throw new UsageError(`${rawName} needs a value: --${name}=${spec.value}`);
    }
    if (spec.multiple === true) lists.set(name, [...(lists.get(name) ?? []), value]);
    else if (values.has(name)) throw new UsageError(`${rawName} is there twice`);
    else values.set(name, value);
  }
  return { values, lists, flags, positionals };
}

function refuseContradictions(
  {
    select,
    fields,
    entities,
    recover,
    entry,
    format,
    data,
    dataFile,
    checkpoint,
    method = 'GET',
  }: RequestCommand,
  flags: ReadonlySet<string>,
  lists: ReadonlyMap<string, readonly string[]>,
): void {
  if (select === undefined) {
    const orphan =
      (fields && '--fields') ??
      (recover ? '--recover' : undefined) ??
      (entities && '--entities') ??
      (lists.has('ns') ? '--ns' : undefined);
    if (orphan !== undefined)
      throw new UsageError(`${orphan} is about selected elements: add --select 'SELECTOR'`);
    if (format === 'xml') {
      throw new UsageError(
        "--format xml prints selected elements: add --select 'SELECTOR', or take --format raw",
      );
    }
  } else if (format === 'raw') {
    throw new UsageError(
      '--format raw prints the body as it is, --select parts of it: leave one of them out',
    );
  }
  if (entry !== undefined && format === 'raw')
    throw new UsageError(
      '--entry chooses what to unpack, --format raw unpacks nothing: leave one of them out',
    );
  if (checkpoint !== undefined) {
    if (select === undefined)
      throw new UsageError("--checkpoint is about selected elements: add --select 'SELECTOR'");
    if (format !== undefined && format !== 'ndjson' && format !== 'text')
      throw new UsageError(`--checkpoint cannot go on in --format ${format}: take ndjson or text`);
    if (data !== undefined || dataFile !== undefined || method.toUpperCase() !== 'GET')
      throw new UsageError('--checkpoint is for GET: leave out --method and the data');
    if (recover) throw new UsageError('--recover leaves no places for --checkpoint: leave one of them out');
    if (entry !== undefined)
      throw new UsageError('--checkpoint counts the bytes of the response itself: leave out --entry');
  }
  if (data !== undefined && dataFile !== undefined)
    throw new UsageError('give either --data or --data-file, not both');
  if (flags.has('progress') && flags.has('no-progress')) {
    throw new UsageError('give either --progress or --no-progress, not both');
  }
}

function mapped<Value>(text: string | undefined, parse: (text: string) => Value): Value | undefined {
  return text === undefined ? undefined : parse(text);
}

function parseNamespaces(list: readonly string[]): Readonly<Record<string, string>> {
  const namespaces = new Map<string, string>();
  for (const text of list) {
    const [, prefix = '', uri = ''] = /^([^=]*)=(.*)$/s.exec(text) ?? [];
    // Without both, names without a prefix are in no namespace.
    if (uri === '' && text !== '=')
      throw new UsageError(
        `--ns: cannot read '${text}'; write PREFIX=URI, as in g=http://base.google.com/ns/1.0`,
      );
    if (namespaces.has(prefix)) throw new UsageError(`--ns: the prefix '${prefix}' is there twice`);
    namespaces.set(prefix, uri);
  }
  return Object.fromEntries(namespaces);
}

function parseHeader(text: string, index: number): readonly [string, string] {
  const [, name = '', value = ''] = /^([^:\s]+):(.*)$/s.exec(text) ?? [];
  if (name === '')
    // Without the text, which may be a secret.
    throw new UsageError(
      `--header: number ${index + 1} has no name before a colon; write 'NAME: VALUE', as in 'accept: text/xml'`,
    );
  return [name, value.trim()];
}

function parseFormat(text: string): Format {
  const format = formats.find((known) => known === text);
  if (format === undefined) {
    throw new UsageError(`--format: there is no format '${text}'; the formats are ${formats.join(', ')}`);
  }
  return format;
}

function parseCount(option: string, text: string, least: number): number {
  const count = /^\d+$/.test(text) ? Number(text) : NaN;
  if (count >= least && Number.isSafeInteger(count)) return count;
  throw new UsageError(`--${option}: '${text}' is no whole number of at least ${least}`);
}
