/** A file that the page has made, for the user to keep. The window, or the browser, asks where to. */

export function saveFile(content: Blob, name: string): void {
  const address = URL.createObjectURL(content);
  const link = document.createElement("a");
  link.href = address;
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(address), 60_000); // milliseconds: until the file has been chosen and written
}
