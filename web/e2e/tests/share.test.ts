import { Api, card, composer, expect, post, test } from "../fixtures.ts";
import { png } from "../png.ts";

test("what another app shares is in the composer, after signing in as well", async ({ visitor, server }) => {
  const user = await Api.register(server.address, "ana");
  const page = await visitor({ serviceWorkers: "allow", viewport: { width: 390, height: 844 } });
  await page.goto("/about");
  await page.evaluate(() => navigator.serviceWorker.ready);
  await page.reload();
  await page.waitForFunction(() => navigator.serviceWorker.controller !== null);
  // As a phone does it: site.webmanifest says how.
  const manifest = await page.evaluate(async () => (await fetch("/site.webmanifest")).json());
  const { action, method, enctype, params } = manifest.share_target;
  const share = (bytes: number[]) =>
    page.evaluate(
      ({ target, bytes }) => {
        const form = Object.assign(document.createElement("form"), { action: target.action, method: target.method, enctype: target.enctype });
        for (const [name, value] of [[target.params.title, "Owls"], [target.params.text, "https://example.org/owls"]]) {
          form.append(Object.assign(document.createElement("input"), { name, value }));
        }
        if (bytes.length > 0) {
          const files = new DataTransfer();
          files.items.add(new File([new Uint8Array(bytes)], "nine owls.png", { type: "image/png" }));
          form.append(Object.assign(document.createElement("input"), { type: "file", name: target.params.files[0].name, files: files.files }));
        }
        document.body.append(form);
        form.submit();
      },
      { target: { action, method, enctype, params }, bytes },
    );
  await share([...png(64, 48, [200, 140, 60])]);

  await expect(page).toHaveURL(/\/sign-in\?next=/);
  await page.getByLabel("User name or e-mail").fill(user.username);
  await page.getByLabel("Password", { exact: true }).fill(Api.password);
  await page.getByRole("main").getByRole("button", { name: "Sign in" }).click();
  // Any site's page could have sent it: somebody looks at it first.
  await expect(page.getByRole("blockquote")).toHaveText("Owls\nhttps://example.org/owls");
  await expect(page.getByText("1 picture")).toBeVisible();
  await page.getByRole("button", { name: "Write a post with it" }).click();
  await expect(page).toHaveURL(/\/home$/);
  await expect(composer(page)).toHaveValue("Owls\nhttps://example.org/owls");
  await expect(composer(page)).toBeFocused();
  await expect(page.getByRole("textbox", { name: "Description of picture 1" })).toBeVisible();
  await post(page, "Owls, nine of them");
  await expect(card(page, "nine of them").getByRole("img")).toBeVisible();

  // What was begun stays.
  await composer(page).fill("Look at this");
  await share([]);
  await expect(page.getByText("It goes below what you have begun.")).toBeVisible();
  await page.getByRole("button", { name: "Write a post with it" }).click();
  await expect(composer(page)).toHaveValue("Look at this\n\nOwls\nhttps://example.org/owls");
  await expect(page.getByRole("textbox", { name: "Description of picture 1" })).toHaveCount(0);

  // What is not wanted changes nothing.
  await share([...png(64, 48, [200, 140, 60])]);
  await page.getByRole("link", { name: "Discard" }).click();
  await expect(page).toHaveURL(/\/home$/);
  await expect(composer(page)).toHaveValue("Look at this\n\nOwls\nhttps://example.org/owls");
  await expect(page.getByRole("textbox", { name: "Description of picture 1" })).toHaveCount(0);
});
