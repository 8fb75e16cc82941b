import { type FetchSink } from './fetchContract.js';

/** What a fetch passes on of its exchanges as it is, whatever stage it is in. */
export abstract class PassedReports {
  protected readonly sink: FetchSink;

  constructor(sink: FetchSink) {
    this.sink = sink;
  }

  connecting(): void {
    this.sink.connecting?.();
  }

  queued(): void {
    this.sink.queued?.();
  }

  connected(): void {
    this.sink.connected?.();
  }

  sending(): void {
    this.sink.sending?.();
  }
}
