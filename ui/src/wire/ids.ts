/** Names for new things that no one else has: messages, sessions, cells. */

/** `bytes` random bytes in hexadecimal. */
export function randomId(bytes = 16): string {
  return [...crypto.getRandomValues(new Uint8Array(bytes))].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}
