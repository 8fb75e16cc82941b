import { type OptionSpec, optionTable } from './optionTable.js';

const column = 29;

/** What `--help` prints. */
export function helpText(version: string): string {
  const options = optionTable.map(
    ([heading, specs]) => `${heading}:\n${specs.map((spec) => describeOption(spec)).join('')}`,
  );
  return [title(version), ...options, formats, fields, restart, exitCodes, examples].join('\n');
}

function describeOption({ name, short, value, help }: OptionSpec): string {
  const head = `  ${short === undefined ? '   ' : `-${short},`} --${name}${value === undefined ? '' : ` ${value}`}`;
  const lines = help.split('\n');
  const fits = head.length < column;
  const rest = fits ? lines.slice(1) : lines;
  return [
    fits ? head.padEnd(column) + (lines[0] ?? '') : head,
    ...rest.map((line) => ' '.repeat(column) + line),
  ]
    .map((line) => `${line}\n`)
    .join('');
}

const title = (
  version: string,
): string => `readystream ${version}: print a URL's records while it is still downloading

Usage: readystream [OPTION]... URL
       readystream                 (the demo)

The URL is http:, https: or data:, and with --allow-file a file: URL or a path.
Records go to standard output as they arrive; errors, notes and the progress bar
go to standard error.
`;

const formats = `FORMATS
  ndjson  one JSON value a line: the default with --select, for NDJSON and for
          server-sent events
  json    one JSON array, indented; a JSON document as it is (its default)
  table   columns as wide as the first rows ask for; on a terminal cut to fit
  xml     the selected elements in a document of their own, <records>
  text    the text of each record, one a line, its fields separated by tabs;
          without --select the body as UTF-8, or --limit lines of it
  raw     the body's bytes as they are: the default for all else (on a terminal,
          text)
`;

const fields = `FIELDS
  title          the text of the first child <title>, white space around it removed
  id=g|id        the same, called 'id'; the prefix g is given by --ns g=URI
  url=image > url, date=:scope pubDate    deeper: by path, or anywhere inside
  @id            an attribute of the record
  link/@href     an attribute of a child
  images[]=img   a list of all that match
  body=.         the text of the record itself
  What is missing is null (empty in text and tables).
`;

const restart = `RESTART
  With --checkpoint FILE an import that was killed goes on when the same command is
  started again: each record comes once. For --select, with ndjson or text, and GET.
  Append to a file (>>): records behind the checkpoint are taken from it. Into a pipe
  they would come again. The server has to send a strong ETag, and know ranges best.
`;

const exitCodes = `EXIT CODES
    0  all was printed, or the reader of the output wanted no more (| head -1)
    1  something else failed
    2  the command line makes no sense
    3  network: no connection, a response cut short, a file that cannot be read
    4  a limit of --timeout passed
    5  the status was not 200 to 299
    6  the body is malformed (XML, JSON)
    7  the body is over a limit that keeps memory bounded
  130  Ctrl-C (143: terminated)
`;

const examples = `EXAMPLES
  readystream https://shop.example/feed.xml --select 'channel > item' \\
    --ns g=http://base.google.com/ns/1.0 --fields 'id=g|id,title,price=g|price'
  readystream https://shop.example/feed.xml -s item -f title --format text | head -5
  readystream --allow-file feed.xml.gz -s item --format table
`;
