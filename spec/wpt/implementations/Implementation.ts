import { type Environment } from '../realms/Environment.js';
import { type Scope } from '../realms/Job.js';

/** An `XMLHttpRequest` that the suite can be run with. */
export interface Implementation {
  /** The rules that it applies where a script leaves the choice. @defaultValue what the command line asks for */
  readonly scope?: Scope;
  /** It is jsdom's: all tests run in a window as jsdom makes it. */
  readonly hasOwnWindow?: boolean;
  /** What it says in `User-Agent`, for `navigator.userAgent`. @defaultValue jsdom's */
  readonly userAgent?: string;
  /** Puts its interfaces on Node's global object or on a window of jsdom's. */
  install(target: object, environment: Environment): void;
}
