/** Coming in: the printed address, a wrong token, the form. */
import { expect } from "vitest";
import { TOKEN } from "./application";
import { story } from "./stories";

story("the token in the address opens the page and does not stay in the address", async ({ page }) => {
  await page.document.getByRole("heading", { name: "Adrastea" }).waitFor();

  expect(page.browserPage.url()).not.toContain(TOKEN);
});

story("a wrong token shows the form, which says so; the right one gets in", async ({ visitor, application }) => {
  const page = await visitor.newcomer();
  page.expectError(/403/);
  const { browserPage } = page;
  await browserPage.goto(`${application.address}?token=wrong`);

  await expect.poll(() => browserPage.locator("body").textContent()).toMatch(/token is not right/i);
  await browserPage.locator("input[name=password]").fill("still wrong");
  await page.press("Enter");
  await expect.poll(() => browserPage.locator("body").textContent()).toContain("This token is not right.");
  await browserPage.locator("input[name=password]").fill(TOKEN);
  await page.press("Enter");

  await page.document.waitFor();
});

story("after the form, the notebook that was asked for is open", async ({ visitor, application }) => {
  application.copyExample("plain-python.ipynb");
  const page = await visitor.newcomer();
  page.expectError(/40[13]/);
  await page.browserPage.goto(`${application.address}?path=plain-python.ipynb`);
  await page.browserPage.locator("input[name=password]").fill(TOKEN);
  await page.press("Enter");

  await page.tab("plain-python.ipynb").waitFor();
});

story("without credentials the server tells nothing", async ({ application }) => {
  application.copyExample("plain-python.ipynb");
  const contents = await fetch(new URL("api/contents/plain-python.ipynb", application.address));
  const file = await fetch(new URL("files/plain-python.ipynb", application.address));

  expect(contents.status).toBe(403);
  expect(file.status).toBe(403);
  expect(await contents.text()).not.toContain("Plain Python");
});

story("below another base URL everything works the same", async ({ application, visitor }) => {
  application.copyExample("welcome.ipynb");
  await application.kill();
  await application.start("/deep/notebooks/");
  const page = await visitor.newcomer();
  const notebook = await page.openNotebook("welcome.ipynb");
  await notebook.runCell(2);

  expect(page.browserPage.url()).toContain("/deep/notebooks/");
  await expect.poll(() => notebook.outputOf(2).allTextContents()).toEqual([expect.stringContaining("Hello"), "42\n"]);
});

story("a newcomer with the cookie of nobody sees no notebook", async ({ application, visitor }) => {
  application.copyExample("welcome.ipynb");
  const page = await visitor.newcomer();
  page.expectError(/40[13]/);
  await page.browserPage.goto(`${application.address}?path=welcome.ipynb`);

  expect(await page.browserPage.locator("body").textContent()).toContain("Token");
  expect(await page.browserPage.locator("body").textContent()).not.toContain("Welcome to Adrastea");
});

story("who logs out is asked for the token again", async ({ page }) => {
  await page.document.getByRole("heading", { name: "Adrastea" }).waitFor(); // what still loads would be refused
  await page.command("Log out");

  await page.browserPage.locator("input[name=password]").waitFor();
  page.expectError(/403/);
  await page.browserPage.goBack();
  await expect.poll(() => page.browserPage.locator("body").textContent()).toContain("Log in to Adrastea");
});
