/** What a test says of itself: `variant`, `script`, `timeout`, `title`, each as often as it is there. */
export type Metadata = Readonly<Partial<Record<string, readonly string[]>>>;

/** Reads the `// META:` comments of a script, or the `<meta>` tags of a page. */
export function readMetadata(text: string, isScript: boolean): Metadata {
  const metadata: Record<string, string[]> = {};
  for (const [name, content] of isScript ? comments(text) : tags(text)) {
    (metadata[name] ??= []).push(content);
  }
  return metadata;
}

function comments(text: string): [name: string, content: string][] {
  return [...text.matchAll(/^\/\/ META: *([\w-]+)=(.*)$/gm)].map(([, name = '', content = '']) => [
    name,
    content.trim(),
  ]);
}

function tags(text: string): [name: string, content: string][] {
  return [...text.matchAll(/<meta\b([^>]*)>/gi)].flatMap(([, attributes = '']): [string, string][] => {
    const name = attribute(attributes, 'name');
    const content = attribute(attributes, 'content');
    return name === undefined || content === undefined ? [] : [[name, content]];
  });
}

function attribute(attributes: string, name: string): string | undefined {
  const value = new RegExp(`\\b${name}=("[^"]*"|'[^']*'|[^\\s>]+)`, 'i').exec(attributes)?.[1];
  return value?.replace(/^["']|["']$/g, '');
}
