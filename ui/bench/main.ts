/**
 * One cell of `make bench-ui`: one application, one scenario, in a browser that was started for it. The task comes as
 * JSON, the figures go to standard output as one line of JSON. `bench/ui.py` says what is measured when and how often.
 */
import { launchBrowser } from "../e2e/browser";
import { APPS } from "./apps";
import { SCENARIOS } from "./scenarios";
import { Visit } from "./visit";

interface Task {
  readonly app: string;
  readonly scenario: string;
  /** The server's, with a slash at its end. */
  readonly address: string;
  readonly token: string;
  /** The notebook, relative to the server's folder. */
  readonly path: string;
  readonly idleSeconds: number;
}

/** What was measured, by name; units stand in the names. */
export type Figures = Record<string, number>;

export async function main(argument: string): Promise<void> {
  const task = JSON.parse(argument) as Task;
  const [app, scenario] = [APPS[task.app], SCENARIOS[task.scenario]];
  if (app === undefined || scenario === undefined) throw new Error(`There is no ${task.app} with ${task.scenario}.`);
  const browser = await launchBrowser();
  try {
    const visit = await Visit.begin(browser, app, task.address, task.token, task.path);
    const figures = await scenario(visit, task.idleSeconds);
    process.stdout.write(`${JSON.stringify(figures)}\n`);
  } finally {
    await browser.close();
  }
}
