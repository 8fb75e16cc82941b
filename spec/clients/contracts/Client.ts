/** What a request can carry; a record is sent as JSON. */
export type ClientBody =
  string | ArrayBuffer | Blob | FormData | URLSearchParams | Readonly<Record<string, unknown>>;

/** How far an upload or a download has come. */
export interface ClientProgress {
  readonly loaded: number;
  /** `undefined` where it is not known. */
  readonly total: number | undefined;
}

/** What a response's body is wanted as. */
export type ClientResponseType = 'json' | 'text' | 'arraybuffer' | 'blob' | 'document';

/** A request in the contracts' words, which each client translates into its own. */
export interface ClientCall {
  /** @defaultValue `'GET'` */
  readonly method?: string;
  readonly url: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: ClientBody;
  /** @defaultValue `'json'` */
  readonly responseType?: ClientResponseType;
  /** In milliseconds. */
  readonly timeout?: number;
  readonly withCredentials?: boolean;
  /** Aborts the request. */
  readonly signal?: AbortSignal;
  readonly onUpload?: (progress: ClientProgress) => void;
  readonly onDownload?: (progress: ClientProgress) => void;
}

/** What a client says of a response with a status from 200 to 299. */
export interface ClientReply {
  readonly status: number;
  /** The URL that answered, after redirects; `undefined` where the client does not tell. */
  readonly url: string | undefined;
  readonly header: (name: string) => string | null;
  readonly body: unknown;
}

/** What a client says of a request that failed. */
export interface ClientFailure {
  readonly kind: 'status' | 'network' | 'timeout' | 'abort';
  /** The status, where `kind` is `'status'`. */
  readonly status?: number;
  /** The response's body. */
  readonly body?: unknown;
}

/** Where clients differ. */
export interface ClientAbilities {
  /** The response types that it knows. */
  readonly responseTypes: readonly ClientResponseType[];
  /** Whether it has a timeout of its own, and tells it from other failures. */
  readonly timeout: boolean;
  readonly uploadProgress: boolean;
  readonly downloadProgress: boolean;
  /** Whether an abort in the turn of sending is seen. */
  readonly immediateAbort: boolean;
  /** Whether it leaves relative URLs to the class. */
  readonly relativeUrls: boolean;
  /** Whether it tells the URL that answered, after redirects. */
  readonly tellUrl: boolean;
  /** Whether another global class takes the place of the one that was there when it was loaded. */
  readonly otherClasses: boolean;
}

/** A client of HTTP that stands on the global `XMLHttpRequest`. */
export interface Client {
  readonly can: ClientAbilities;
  /** Rejects with what the client rejects with, also for statuses that are errors; with an abort at least at once. */
  readonly send: (call: ClientCall) => Promise<ClientReply>;
  /** What the client's own error means. */
  readonly failureOf: (error: unknown) => ClientFailure;
}
