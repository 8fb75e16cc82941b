import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import t from 'tap';
import ts from 'typescript';
import { projectFile } from '../helpers/project.js';

const source = projectFile('source/');

/** What each room may import, besides itself: other rooms, and packages. Type-only imports and `import()` count. */
const arrows: Readonly<Record<string, readonly string[]>> = {
  errors: ['http'],
  options: ['errors'],
  http: [],
  parsing: ['errors', 'options', 'http', 'saxes', 'slimdom', 'entities', 'fflate', '@exodus/bytes'],
  body: ['errors', 'options', 'http'],
  request: ['errors', 'options', 'http', 'body', 'rxjs'],
  adapters: ['request', 'body', 'http', 'options', 'errors', 'rxjs'],
  operators: ['request', 'parsing', 'http', 'options', 'errors', 'rxjs'],
  interceptors: ['request', 'http', 'options', 'errors', 'rxjs'],
  'node/schemes': ['body', 'http', 'options', 'errors', 'node:', 'undici', 'basic-ftp'],
  'node/fetching': ['node/schemes', 'body', 'http', 'options', 'errors', 'node:', 'undici', 'tough-cookie'],
  'node/xmlhttprequest': [
    'node/fetching',
    'node/schemes',
    'body',
    'http',
    'options',
    'errors',
    'parsing',
    'node:',
    'undici',
    'parse5',
    'slimdom',
    '@exodus/bytes',
    'whatwg-url',
  ],
  ajax: ['rxjs'],
  cli: [
    'operators',
    'parsing',
    'adapters',
    'node/schemes',
    'request',
    'http',
    'options',
    'errors',
    'node:',
    'string-width',
    'rxjs',
  ],
};

/** Files that stand on another platform than their room, and what they alone may import for it. */
const exceptions: readonly (readonly [files: RegExp, targets: readonly string[]])[] = [
  [/^adapters\/(?:node|Node)\w*\.ts$/, ['node/fetching', 'node/schemes', 'node:', 'undici']],
];

/** Packages that one file alone may import, so that they can be exchanged. */
const onlyIn: Readonly<Record<string, RegExp>> = {
  saxes: /^parsing\/xml\/SaxesDriver\.ts$/,
  fflate: /^parsing\/packed\/Inflater\.ts$/,
  slimdom: /^(?:parsing\/xml\/nodePlatform|node\/xmlhttprequest\/documents\/\w+)\.ts$/,
  parse5: /^node\/xmlhttprequest\/documents\/\w+\.ts$/,
  'basic-ftp': /^node\/schemes\/\w*[fF]tp\w*\.ts$/,
  entities: /^parsing\/xml\/nodePlatform\.ts$/,
  '@exodus/bytes':
    /^(?:parsing\/encoding\/bindNodeTextDecoder|node\/xmlhttprequest\/(?:requestUrl|documents\/d(?:escribeDocument|ocumentEncoding)))\.ts$/,
  'tough-cookie': /^node\/fetching\/sameSite\.ts$/,
  'whatwg-url': /^node\/xmlhttprequest\/requestUrl\.ts$/,
};

interface Import {
  readonly from: string;
  /** A path below `source/`, or a package's name. */
  readonly to: string;
}

t.test('rooms import only what their arrows allow', (t) => {
  const imports = allImports();
  t.ok(imports.length > 500, `${imports.length} imports were read`);
  t.same(
    imports.filter((one) => !allowed(one)).map(({ from, to }) => `${from} → ${to}`),
    [],
  );
  t.end();
});

t.test('every room has arrows, and arrows name rooms that exist', (t) => {
  const rooms = new Set(
    sourceFiles()
      .map(roomOf)
      .filter((room) => room !== 'entry'),
  );
  t.same([...rooms].sort(), Object.keys(arrows).sort());
  const imported = new Set(allImports().map(({ to }) => roomOf(to)));
  const idle = Object.entries(arrows).flatMap(([room, targets]) =>
    targets
      .filter((name) => !name.endsWith(':') && !imported.has(name))
      .map((name) => `${room} → ${name}, which nobody imports`),
  );
  t.same(idle, []);
  t.end();
});

t.test('every import leads to a file', (t) => {
  t.same(
    allImports().filter(({ to }) => to.endsWith('.ts') && !existsSync(join(source, to))),
    [],
  );
  t.end();
});

t.test(
  'what may be exchanged one day (parsers, the DOM, the decoders, ftp) is each reached from one place',
  (t) => {
    const imports = allImports();
    t.same(
      imports.filter(({ from, to }) => onlyIn[to] !== undefined && !onlyIn[to].test(from)),
      [],
    );
    for (const name in onlyIn)
      t.ok(
        imports.some(({ to }) => to === name),
        `${name} is imported`,
      );
    t.end();
  },
);

t.test('no file imports itself by way of others, import() included', (t) => {
  t.same(cycles(allImports()), []);
  t.end();
});

t.test('the check sees a breach', (t) => {
  t.notOk(allowed({ from: 'errors/NetworkError.ts', to: 'request/HeaderMap.ts' }));
  t.notOk(allowed({ from: 'operators/text.ts', to: 'adapters/xhr.ts' }));
  t.notOk(allowed({ from: 'adapters/fetch.ts', to: 'node/schemes/http.ts' }));
  t.notOk(allowed({ from: 'node/schemes/http.ts', to: 'node/fetching/fetch.ts' }));
  t.notOk(allowed({ from: 'parsing/splitLines.ts', to: 'rxjs' }));
  t.notOk(allowed({ from: 'operators/text.ts', to: 'index.ts' }), 'no room stands on an entry');
  t.ok(allowed({ from: 'adapters/node.ts', to: 'node/schemes/http.ts' }));
  t.same(cycles([...'ab bc ca'.split(' ')].map((pair) => ({ from: pair[0] ?? '', to: pair[1] ?? '' }))), [
    'a → b → c → a',
  ]);
  t.same(
    targetsOf(
      `import a from 'a'; export { b } from 'b'; import type C from 'c'; type D = import('d').D;
       void import('e'); export * from 'f'; import 'g'; require('h');`,
    ),
    ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h'],
  );
  t.end();
});

function allowed({ from, to }: Import): boolean {
  const [room, target] = [roomOf(from), roomOf(to)];
  if (room === 'entry' || room === target) return true;
  const more = exceptions.filter(([files]) => files.test(from)).flatMap(([, targets]) => targets);
  return [...(arrows[room] ?? []), ...more].some((name) =>
    name.endsWith(':') ? target.startsWith(name) : target === name,
  );
}

/** `node/` holds rooms; elsewhere a folder of `source/` is one. A package is its own. */
function roomOf(path: string): string {
  if (!path.endsWith('.ts')) return path;
  return /^(?:node\/)?[^/]+(?=\/)/.exec(path)?.[0] ?? 'entry';
}

function sourceFiles(): readonly string[] {
  return readdirSync(source, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.ts'));
}

function allImports(): readonly Import[] {
  return sourceFiles().flatMap((from) =>
    targetsOf(readFileSync(join(source, from), 'utf8')).map((specifier) => ({
      from,
      to: resolve(from, specifier),
    })),
  );
}

/** What a module imports, as it is written there: by declaration, by `import()` and `require()`, and as a type. */
function targetsOf(text: string): readonly string[] {
  const file = ts.createSourceFile('module.ts', text, ts.ScriptTarget.Latest);
  const found: string[] = [];
  const note = (specifier: ts.Node | undefined): void => {
    if (specifier !== undefined && ts.isStringLiteral(specifier)) found.push(specifier.text);
  };
  const visit = (node: ts.Node): void => {
    if (ts.isImportDeclaration(node) || ts.isExportDeclaration(node)) note(node.moduleSpecifier);
    if (ts.isImportTypeNode(node) && ts.isLiteralTypeNode(node.argument)) note(node.argument.literal);
    if (ts.isCallExpression(node) && /^(?:import|require)$/.test(node.expression.getText(file)))
      note(node.arguments[0]);
    ts.forEachChild(node, visit);
  };
  visit(file);
  return found;
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
