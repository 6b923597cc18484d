/** As much of Vega as is used here; its own types take the compiler longer than all of ours. */
declare module "vega-embed" {
  export interface EmbedOptions {
    readonly mode?: "vega" | "vega-lite";
    readonly theme?: string;
    readonly actions?: Readonly<Record<string, boolean>> | boolean;
    readonly config?: Readonly<Record<string, unknown>>;
  }
  const embed: (element: HTMLElement, spec: unknown, options?: EmbedOptions) => Promise<{ finalize(): void }>;
  export default embed;
}
declare module "vega" {
  export const version: string;
}
declare module "vega-lite" {
  export const version: string;
}
