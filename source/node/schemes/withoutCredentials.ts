/** A URL as errors and logs may show it: without its user name and password. */
export function withoutCredentials(url: string): string {
  const shown = new URL(url);
  shown.username = shown.password = '';
  return shown.href;
}
