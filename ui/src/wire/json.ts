/** JSON as a type: what comes over a socket before a parser has looked at it is `unknown`, after that it is one of these. */
export type Json = null | boolean | number | string | readonly Json[] | JsonObject;
export interface JsonObject {
  readonly [key: string]: Json;
}
