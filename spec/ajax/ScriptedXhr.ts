/** An `XMLHttpRequest` that a test answers by hand. */
export class ScriptedXhr extends EventTarget {
  readonly upload = new EventTarget();
  readyState = 0;
  status = 0;
  responseType = '';
  timeout = -1;
  withCredentials = false;
  response: unknown = null;
  responseText = '';
  responseXML: unknown = null;
  responseHeaders = '';
  /** What was called, in order. */
  readonly calls: unknown[][] = [];
  aborted = 0;

  open(...given: unknown[]): void {
    this.calls.push(['open', ...given]);
    this.readyState = 1;
  }

  setRequestHeader(...given: unknown[]): void {
    this.calls.push(['setRequestHeader', ...given]);
  }

  send(...given: unknown[]): void {
    this.calls.push(['send', ...given]);
  }

  abort(): void {
    this.aborted += 1;
    this.fire('abort');
  }

  getAllResponseHeaders(): string {
    return this.responseHeaders;
  }

  /** Ends with a response. */
  respond(status: number, members: Partial<Pick<ScriptedXhr, ScriptedMember>> = {}): void {
    Object.assign(this, members, { status, readyState: 4 });
    this.fire('load', { loaded: 5, total: 5 });
  }

  fire(type: string, numbers: { loaded?: number; total?: number } = {}, target: EventTarget = this): void {
    if (/^(?:error|timeout|abort)$/.test(type)) this.readyState = 4;
    target.dispatchEvent(Object.assign(new Event(type), { loaded: 0, total: 0 }, numbers));
  }

  get headers(): Record<string, unknown> {
    return Object.fromEntries(
      this.calls.flatMap(([name, ...given]) =>
        name === 'setRequestHeader' ? [given as [string, unknown]] : [],
      ),
    );
  }

  /** What `send()` was given: nothing, or the body. */
  get sent(): unknown[] | undefined {
    return this.calls.find(([name]) => name === 'send')?.slice(1);
  }
}

type ScriptedMember = 'response' | 'responseText' | 'responseXML' | 'responseHeaders';
