/** One option of the command line: how it is read, and what the help says of it. */
export interface OptionSpec {
  readonly name: string;
  readonly short?: string;
  /** What the help calls its value; without one it is a flag. */
  readonly value?: string;
  /** Whether it may be given several times. */
  readonly multiple?: boolean;
  /** What it does, with its default; a line break starts a new line. */
  readonly help: string;
}

/** All options, in the help's order, under its headings. */
export const optionTable: readonly (readonly [heading: string, options: readonly OptionSpec[]])[] = [
  [
    'Records of an XML feed',
    [
      {
        name: 'select',
        short: 's',
        value: 'SELECTOR',
        help: "CSS selector of the elements to print: 'channel > item'.\nThe body is read as XML whatever its media type.",
      },
      {
        name: 'fields',
        short: 'f',
        value: 'LIST',
        help: "what to print of each: 'id=g|id,title,url=link/@href'.\nWithout it, all of the element. See FIELDS.",
      },
      {
        name: 'ns',
        short: 'n',
        value: 'PREFIX=URI',
        multiple: true,
        help: 'what a prefix in selectors means; may be repeated.\nAn empty prefix (=URI) is for names without one; = alone\nkeeps those to no namespace: title is not media:title.',
      },
      {
        name: 'entities',
        value: 'html|FILE',
        multiple: true,
        help: 'accept the names of HTML (&nbsp; &eacute;) where the feed\ndeclares none, or those of a file: {"name": "text"} or\n<!ENTITY name "text">; may be repeated.',
      },
      {
        name: 'recover',
        help: 'read on through what is not well-formed: bare &, unknown\nentities and prefixes, illegal bytes, stray tags, …;\nstandard error counts the repairs.',
      },
    ],
  ],
  [
    'Output',
    [
      {
        name: 'format',
        short: 'F',
        value: 'FORMAT',
        help: 'ndjson, json, table, xml, text or raw. See FORMATS.',
      },
      {
        name: 'limit',
        short: 'l',
        value: 'N',
        help: 'stop after N records (lines of --format text): the rest\nis not downloaded.',
      },
      {
        name: 'checkpoint',
        value: 'FILE',
        help: 'note in FILE how far the records are out, and go on from\nthere when started again. See RESTART.',
      },
      {
        name: 'progress',
        help: 'report progress on standard error also where it is no\nterminal: a line every 2 seconds, and a summary.',
      },
      { name: 'no-progress', help: 'no progress bar.' },
    ],
  ],
  [
    'Request',
    [
      { name: 'method', short: 'X', value: 'METHOD', help: 'GET, or POST where there is data.' },
      {
        name: 'header',
        short: 'H',
        value: "'NAME: VALUE'",
        multiple: true,
        help: 'send a header field; may be repeated.',
      },
      {
        name: 'data',
        short: 'd',
        value: 'TEXT',
        help: "send this body; say what it is with\n--header 'content-type: application/json'.",
      },
      { name: 'data-file', value: 'PATH', help: 'send the bytes of this file as the body.' },
      {
        name: 'timeout',
        short: 't',
        value: 'TIME',
        help: 'give up after 30s, 500ms, 2m (a bare number is seconds);\nor by limit: connect=5s,headers=10s,idle=30s,total=10m.\nNo limit without it.',
      },
      {
        name: 'entry',
        value: 'NAME',
        help: 'the file to read of a zip archive; the first.',
      },
      { name: 'max-redirects', value: 'N', help: 'redirects to follow before giving up; 20.' },
      {
        name: 'limits',
        value: 'NAME=N',
        multiple: true,
        help: 'hold the response to other limits: xmlDepth=5000,\ndocumentBytes=1Gi, bufferedBytes=none. Errors name them;\nmay be repeated.',
      },
      {
        name: 'mime-type',
        value: 'TYPE',
        help: "believe this, not the response's Content-Type:\n'text/plain;charset=windows-1252'.",
      },
      { name: 'allow-file', help: 'let the URL be a file: URL or a path.' },
    ],
  ],
  [
    'Else',
    [
      {
        name: 'demo',
        help: 'stream a feed of 50,000 products from a server in this\nprocess; so does the command without any argument.',
      },
      { name: 'help', short: 'h', help: 'print this.' },
      { name: 'version', short: 'V', help: 'print the version.' },
    ],
  ],
];
