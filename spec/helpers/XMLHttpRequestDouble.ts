/**
 * As much of `XMLHttpRequest` over `fetch` as the adapter touches, so that it runs in Node as well. It decodes as a
 * browser does: by a byte order mark first, else as `x-user-defined`.
 */
export class XMLHttpRequestDouble {
  onreadystatechange: (() => void) | null = null;
  onprogress: ((event: object) => void) | null = null;
  onload: ((event: object) => void) | null = null;
  onerror: ((event: object) => void) | null = null;
  onabort: ((event: object) => void) | null = null;
  ontimeout: ((event: object) => void) | null = null;
  readonly upload: { onprogress: ((event: object) => void) | null } = { onprogress: null };
  readyState = 0;
  status = 0;
  statusText = '';
  responseURL = '';
  responseText = '';
  response: ArrayBuffer | string | null = '';
  responseType = '';
  withCredentials = false;
  /** What it decodes by, whatever it is asked for. */
  decodesAs: string | undefined;
  /** How often `abort()` was called, over all requests. */
  static aborts = 0;
  readonly #controller = new AbortController();
  readonly #headers: [string, string][] = [];
  #responseHeaders = new Headers();
  #method = '';
  #url = '';
  #decode: ((bytes: Uint8Array, last: boolean) => string) | undefined;
  #start: Uint8Array = new Uint8Array();

  open(method: string, url: string): void {
    this.#method = method;
    this.#url = url;
    this.#become(1);
  }

  setRequestHeader(name: string, value: string): void {
    this.#headers.push([name, value]);
  }

  overrideMimeType(type: string): void {
    if (!type.includes('x-user-defined')) throw new TypeError('this double decodes x-user-defined only');
  }

  getAllResponseHeaders(): string {
    return [...this.#responseHeaders].map(([name, value]) => `${name}: ${value}\r\n`).join('');
  }

  abort(): void {
    XMLHttpRequestDouble.aborts++;
    if (this.readyState === 4) return;
    this.#controller.abort();
    this.#become(4);
    this.onabort?.({ type: 'abort' });
  }

  send(body: BodyInit | null): void {
    void this.#run(body);
  }

  async #run(body: BodyInit | null): Promise<void> {
    const { signal } = this.#controller;
    let loaded = 0;
    const parts: Uint8Array[] = [];
    try {
      const init = { method: this.#method, headers: this.#headers, body, signal };
      const request = new Request(this.#url, init);
      const total = (await request.clone().arrayBuffer()).byteLength;
      const response = await fetch(this.#url, init);
      if (signal.aborted) return;
      if (body !== null) this.upload.onprogress?.({ loaded: total, total, lengthComputable: true });
      ({ status: this.status, statusText: this.statusText, url: this.responseURL } = response);
      this.#responseHeaders = new Headers([...response.headers].filter(([name]) => name !== 'set-cookie'));
      this.#become(2);
      const length = response.headers.get('content-length');
      const lengthComputable = length !== null && !response.headers.has('content-encoding');
      const event = (type: string) => ({
        type,
        loaded,
        lengthComputable,
        total: lengthComputable ? Number(length) : 0,
      });
      const reader = response.body?.getReader();
      for (;;) {
        const { done = true, value } = (await reader?.read()) ?? {};
        if (this.#controller.signal.aborted) return;
        if (done || value === undefined) break;
        loaded += value.byteLength;
        if (this.responseType === '') this.responseText += this.#text(value, false);
        else parts.push(value);
        this.#become(3);
        this.onprogress?.(event('progress'));
      }
      if (this.responseType === '') this.responseText += this.#text(new Uint8Array(), true);
      else this.response = await new Blob(parts as Uint8Array<ArrayBuffer>[]).arrayBuffer();
      this.#become(4);
      this.onload?.(event('load'));
    } catch {
      if (signal.aborted) return;
      this.status = 0;
      this.#become(4);
      this.onerror?.({ type: 'error' });
    }
  }

  #become(readyState: number): void {
    this.readyState = readyState;
    this.onreadystatechange?.();
  }

  #text(bytes: Uint8Array, last: boolean): string {
    if (this.#decode !== undefined) return this.#decode(bytes, last);
    this.#start = Uint8Array.of(...this.#start, ...bytes);
    if (this.#start.length < 3 && !last) return '';
    const [first, second, third] = this.#start;
    const mark =
      first === 0xef && second === 0xbb && third === 0xbf
        ? 'utf-8'
        : first === 0xff && second === 0xfe
          ? 'utf-16le'
          : first === 0xfe && second === 0xff
            ? 'utf-16be'
            : undefined;
    const encoding = mark ?? this.decodesAs;
    const decoder = encoding && new TextDecoder(encoding);
    this.#decode = !decoder
      ? (chunk) =>
          Array.from(chunk, (byte) => String.fromCharCode(byte < 0x80 ? byte : 0xf700 + byte)).join('')
      : (chunk, end) => decoder.decode(chunk, { stream: !end });
    return this.#decode(this.#start, last);
  }
}
