/** Pieces of the walks' notebooks. */

/** What a program has printed, as a file holds it. */
export function printed(text: string): object {
  return { output_type: "stream", name: "stdout", text };
}

/** Python that waits until there is a file of this name in the notebook's folder. */
export function until(name: string): string {
  return `import pathlib, time\nwhile not pathlib.Path("${name}").exists():\n    time.sleep(0.05)`;
}
