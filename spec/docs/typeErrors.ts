import { dirname, join } from 'node:path';
import ts from 'typescript';
import { type Sample } from './Sample.js';

/** Checks all samples in TypeScript in one program, with the settings of the project; gives what the compiler says. */
export function typeErrors(samples: readonly Sample[], root: string): readonly string[] {
  const byName = new Map(
    samples
      .filter(({ language }) => language === 'ts')
      .map((sample, index) => [join(root, 'source', `sample${index}.ts`), sample]),
  );
  const options = compilerOptions(root);
  const host = ts.createCompilerHost(options);
  const platform = { ...host };
  // Each is a module, whether it imports something or not; the line is added behind, so that positions stay.
  const textOf = (name: string): string | undefined => {
    const sample = byName.get(name);
    return sample && `${sample.code}\nexport {};\n`;
  };
  host.fileExists = (name) => byName.has(name) || platform.fileExists(name);
  host.readFile = (name) => textOf(name) ?? platform.readFile(name);
  host.getSourceFile = (name, version, ...rest) => {
    const text = textOf(name);
    return text === undefined
      ? platform.getSourceFile(name, version, ...rest)
      : ts.createSourceFile(name, text, version, true);
  };
  const program = ts.createProgram([...byName.keys()], options, host);
  // Of the samples alone: `npm run types` checks the sources.
  const files = [...byName.keys()].map((name) => program.getSourceFile(name));
  const errors = [
    ...program.getOptionsDiagnostics(),
    ...program.getGlobalDiagnostics(),
    ...files.flatMap((file) => [
      ...program.getSyntacticDiagnostics(file),
      ...program.getSemanticDiagnostics(file),
    ]),
  ];
  return errors.map(({ file, start = 0, messageText }) => {
    const sample = file && byName.get(file.fileName);
    const line = file?.getLineAndCharacterOfPosition(start).line ?? 0;
    const place =
      sample === undefined ? `${file?.fileName ?? ''}:${line + 1}` : `${sample.file}:${sample.line + line}`;
    return `${place} ${ts.flattenDiagnosticMessageText(messageText, '\n')}`;
  });
}

function compilerOptions(root: string): ts.CompilerOptions {
  const path = join(root, 'tsconfig.json');
  const { config } = ts.readConfigFile(path, (name) => ts.sys.readFile(name)) as { config: unknown };
  const { options } = ts.parseJsonConfigFileContent(config, ts.sys, dirname(path));
  return {
    ...options,
    noEmit: true,
    paths: {
      // The entries that Node's users see; they pass on the portable ones.
      readystream: [join(root, 'source/index.node.ts')],
      'readystream/node': [join(root, 'source/node.ts')],
      'readystream/xml': [join(root, 'source/xml.node.ts')],
      'readystream/ajax': [join(root, 'source/ajax.node.ts')],
      'readystream/xml/scanner': [join(root, 'source/xml.scanner.ts')],
      'readystream/xmlhttprequest': [join(root, 'source/xmlhttprequest.ts')],
      'readystream/xmlhttprequest/register': [join(root, 'source/xmlhttprequest.register.ts')],
    },
  };
}
