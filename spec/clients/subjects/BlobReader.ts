/** What whatwg-fetch asks of a [`FileReader`](https://w3c.github.io/FileAPI/#dfn-filereader), which Node has not. */
export class BlobReader {
  result: string | ArrayBuffer | null = null;
  onload: (() => void) | null = null;
  onerror: (() => void) | null = null;

  readAsText(blob: Blob, encoding = 'utf-8'): void {
    this.#read(async () => new TextDecoder(encoding).decode(await blob.arrayBuffer()));
  }

  readAsArrayBuffer(blob: Blob): void {
    this.#read(() => blob.arrayBuffer());
  }

  #read(read: () => Promise<string | ArrayBuffer>): void {
    read().then(
      (result) => {
        this.result = result;
        this.onload?.();
      },
      () => this.onerror?.(),
    );
  }
}
