/** As much of a browser's `FileReader` as the suite asks of one, for Node's blobs: jsdom's reads its own alone. */
export class FileReader {
  result: string | null = null;
  onload: (() => void) | null = null;

  readAsText(blob: Blob): void {
    void blob.text().then((text) => {
      this.result = text;
      this.onload?.();
    });
  }
}
