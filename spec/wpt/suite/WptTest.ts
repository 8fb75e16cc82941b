/** One test of the suite: a file, or one variant of a file. */
export interface WptTest {
  /** The path below `xhr/`, and the variant's query where there is one. */
  readonly id: string;
  /** `any`: a script that runs in any global scope. `html`: what needs a page. */
  readonly group: 'any' | 'html';
  /** Which of the server's origins it is loaded from. */
  readonly server: 'http' | 'https' | 'h2';
  /** The page's path and query on the server. For a script it is the page that the server makes around it. */
  readonly page: string;
  /** The paths on the server of what a script needs, itself the last. Empty for a page, which names its own. */
  readonly scripts: readonly string[];
  /** What testharness.js calls a test without a name when it runs in a page. */
  readonly title: string;
  /** Marked by its author as taking long. */
  readonly isLong: boolean;
}
