/** What an error keeps of the request it belongs to: plain values, never the transport's objects. */
export interface RequestSummary {
  /** The method as it was sent: `'GET'`. */
  readonly method: string;
  /** The absolute URL as it was asked for, without user name and password. */
  readonly url: string;
  /** Whether the same request can be sent again: its body, if any, can be read twice. */
  readonly repeatable: boolean;
}
