declare module 'whatwg-fetch' {
  export const { fetch, Headers, Request, Response }: typeof globalThis;
}
