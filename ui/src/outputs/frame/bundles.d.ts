/** What build/frameBundles.ts makes of these imports: the address of the text. */
declare module "*?frame" {
  const address: string;
  export default address;
}
declare module "*?frame-module" {
  const address: string;
  export default address;
}
