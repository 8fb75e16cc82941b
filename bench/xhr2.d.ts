/** xhr2 comes without types. */
declare module 'xhr2' {
  const xhr2: { readonly XMLHttpRequest: typeof globalThis.XMLHttpRequest };
  export default xhr2;
}
