/** Where things are on the server that the page came from: relative to the page's base, which may lie under any path. */

/** The whole address of something on the server. */
export function serverUrl(path: string, base = document.baseURI): URL {
  return new URL(path, base);
}

/** A path of files as part of an address: each name encoded, slashes kept. */
export function encodePath(path: string): string {
  return path.split("/").map(encodeURIComponent).join("/");
}

/** Of the socket of an open notebook, as an address of HTTP. */
export function documentSocketUrl(path: string): string {
  return serverUrl(`api/documents/socket?path=${encodeURIComponent(path)}`).href;
}
