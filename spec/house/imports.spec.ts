import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import t from 'tap';
import ts from 'typescript';

const source = fileURLToPath(new URL('../../source/', import.meta.url));

/** What each room may import, besides itself: other rooms, and packages. Type-only imports count. */
const arrows: Readonly<Record<string, readonly string[]>> = {
  errors: [],
  mime: ['errors'],
  parsing: ['errors', 'mime', 'saxes', 'css-what', 'slimdom', 'entities', '@exodus/bytes'],
  body: ['errors', 'mime'],
  request: ['errors', 'mime', 'body', 'rxjs'],
  adapters: ['request', 'body', 'errors', 'rxjs'],
  interceptors: ['request', 'errors', 'rxjs'],
  operators: ['request', 'parsing', 'mime', 'errors', 'rxjs'],
  schemes: ['body', 'mime', 'errors', 'node:', 'undici', 'basic-ftp'],
  fetching: ['schemes', 'body', 'mime', 'errors', 'node:', 'undici'],
  xmlhttprequest: [
    'fetching',
    'schemes',
    'body',
    'mime',
    'errors',
    'parsing',
    'node:',
    'undici',
    'parse5',
    'slimdom',
    '@exodus/bytes',
  ],
  cli: ['entry', 'node:', 'cli-progress', 'rxjs'],
};

/** Packages that one file alone may import, so that they can be exchanged. */
const onlyIn: Readonly<Record<string, RegExp>> = {
  saxes: /^parsing\/xml\/SaxesDriver\.ts$/,
  'css-what': /^parsing\/xml\/selectors\/\w+\.ts$/,
  slimdom: /^(?:parsing\/xml\/nodePlatform|xmlhttprequest\/documents\/\w+)\.ts$/,
  parse5: /^xmlhttprequest\/documents\/\w+\.ts$/,
  'basic-ftp': /^schemes\/\w*[fF]tp\w*\.ts$/,
  entities: /^parsing\/xml\/nodePlatform\.ts$/,
  '@exodus/bytes': /^(?:parsing\/encoding\/bindNodeTextDecoder|xmlhttprequest\/\w+)\.ts$/,
};

interface Import {
  readonly from: string;
  /** A path below `source/`, or a package's name. */
  readonly to: string;
}

t.test('rooms import only what their arrows allow', (t) => {
  const imports = allImports();
  t.ok(imports.length > 100, `${imports.length} imports were read`);
  t.same(
    imports.filter((one) => !allowed(one)).map(({ from, to }) => `${from} → ${to}`),
    [],
  );
  t.end();
});

t.test(
  'what may be exchanged one day (parsers, the DOM, the decoders, ftp) is each reached from one place',
  (t) => {
    const strays = allImports().filter(({ from, to }) => onlyIn[to] !== undefined && !onlyIn[to].test(from));
    t.same(strays, []);
    t.end();
  },
);

t.test('no file imports itself by way of others', (t) => {
  t.same(cycles(allImports()), []);
  t.end();
});

t.test('the check sees a breach', (t) => {
  t.notOk(allowed({ from: 'errors/NetworkError.ts', to: 'request/HeaderMap.ts' }));
  t.notOk(allowed({ from: 'operators/text.ts', to: 'adapters/xhr.ts' }));
  t.notOk(allowed({ from: 'adapters/fetch.ts', to: 'schemes/http.ts' }));
  t.notOk(allowed({ from: 'parsing/splitLines.ts', to: 'rxjs' }));
  t.ok(allowed({ from: 'adapters/node.ts', to: 'schemes/http.ts' }));
  t.same(cycles([...'ab bc ca'.split(' ')].map((pair) => ({ from: pair[0] ?? '', to: pair[1] ?? '' }))), [
    'a → b → c → a',
  ]);
  t.end();
});

function allowed({ from, to }: Import): boolean {
  const [room, target] = [roomOf(from), roomOf(to)];
  if (room === 'entry' || room === target) return true;
  // Node's adapter and its connections alone stand on Node.
  if (room === 'adapters' && /^adapters\/(?:node|Node)/.test(from)) {
    if (target === 'schemes' || target.startsWith('node:') || target === 'undici') return true;
  }
  return (arrows[room] ?? []).some((name) =>
    name.endsWith(':') ? target.startsWith(name) : target === name,
  );
}

function roomOf(path: string): string {
  if (!path.endsWith('.ts')) return path;
  return path.includes('/') ? (path.split('/')[0] ?? '') : 'entry';
}

/**
 * The imports of all files. What comes through a shared entry counts as coming from where that has it; but the command
 * stands on the entries as a user does, so for it they are what they are, and types may come from anywhere.
 */
function allImports(): Import[] {
  const files = readdirSync(source, { recursive: true, encoding: 'utf8' }).filter((file) =>
    file.endsWith('.ts'),
  );
  const homes = new Map<string, Map<string, string>>();
  for (const file of files.filter((name) => /^core(?:\.\w+)?\.ts$/.test(name))) {
    homes.set(
      file,
      new Map(declarationsOf(file).flatMap(({ names, to }) => names.map((name) => [name, to]))),
    );
  }
  const homeOf = (name: string, file: string): string => {
    const to = homes.get(file)?.get(name);
    return to === undefined ? file : homeOf(name, to);
  };
  return files.flatMap((from) =>
    declarationsOf(from).flatMap(({ names, typeOnly, to }) => {
      const isCommand = roomOf(from) === 'cli';
      if (isCommand && typeOnly) return [];
      if (!from.includes('/') || isCommand || !homes.has(to)) return [{ from, to }];
      return names.map((name) => ({ from, to: homeOf(name, to) }));
    }),
  );
}

function declarationsOf(file: string): { names: string[]; typeOnly: boolean; to: string }[] {
  const parsed = ts.createSourceFile(file, readFileSync(join(source, file), 'utf8'), ts.ScriptTarget.Latest);
  return parsed.statements.flatMap((statement) => {
    if (!ts.isImportDeclaration(statement) && !ts.isExportDeclaration(statement)) return [];
    const specifier = statement.moduleSpecifier;
    if (specifier === undefined || !ts.isStringLiteral(specifier)) return [];
    const clause = ts.isImportDeclaration(statement)
      ? statement.importClause?.namedBindings
      : statement.exportClause;
    const named = clause !== undefined && (ts.isNamedImports(clause) || ts.isNamedExports(clause));
    const names = named ? clause.elements.map(({ name, propertyName }) => (propertyName ?? name).text) : [];
    const typeOnly = named && clause.elements.every((element) => element.isTypeOnly);
    return [{ names, typeOnly, to: resolve(file, specifier.text) }];
  });
}

function resolve(file: string, specifier: string): string {
  if (specifier.startsWith('node:')) return specifier;
  if (!specifier.startsWith('.')) return /^(?:@[^/]+\/)?[^/]+/.exec(specifier)?.[0] ?? '';
  return relative(source, join(source, dirname(file), specifier)).replace(/\.js$/, '.ts');
}

function cycles(imports: readonly Import[]): string[] {
  const targets = new Map<string, string[]>();
  for (const { from, to } of imports) targets.set(from, [...(targets.get(from) ?? []), to]);
  const found: string[] = [];
  const finished = new Set<string>();
  const visit = (file: string, path: readonly string[]): void => {
    if (path.includes(file)) found.push([...path.slice(path.indexOf(file)), file].join(' → '));
    if (finished.has(file) || path.includes(file)) return;
    for (const next of targets.get(file) ?? []) visit(next, [...path, file]);
    finished.add(file);
  };
  for (const file of targets.keys()) visit(file, []);
  return found;
}
