import { complaintsOfAxe } from "../axe.ts";
import { Api, expect, refused, signIn, test, toast } from "../fixtures.ts";
import { PampsServer } from "../server.ts";

test.describe("where people come by invitation", () => {
  let site: PampsServer;
  test.beforeAll(async () => {
    site = await PampsServer.start({ PAMPS_SITE__REGISTRATION: "invited" });
    await site.run("create-user", "boss@example.org", "boss", Api.password, "--superuser");
  });
  test.afterAll(() => site.stop());

  test("a link is made in the settings, brings somebody in, and is ended", async ({ visitor, allow }) => {
    allow(refused(404));
    const boss = await visitor({ baseURL: site.address });
    await signIn(boss, "boss");
    await boss.goto("/settings");
    const section = boss.getByRole("region", { name: "Invitations" });
    await section.getByLabel("For how many").selectOption({ label: "5 people" });
    await section.getByRole("button", { name: "Make a link" }).click();
    const made = section.getByRole("listitem");
    await expect(made).toContainText("0 of 5 used");
    const link = await made.getByText(/sign-up#/).innerText();
    expect(await complaintsOfAxe(boss)).toEqual([]);

    const uninvited = await visitor({ baseURL: site.address });
    await uninvited.goto("/sign-up");
    await expect(uninvited.getByRole("heading", { name: "Pamps is by invitation" })).toBeVisible();
    expect(await complaintsOfAxe(uninvited)).toEqual([]);

    const guest = await visitor({ baseURL: site.address });
    await guest.goto(link);
    await expect(guest.getByText("@boss invites you to Pamps.")).toBeVisible();
    expect(await complaintsOfAxe(guest)).toEqual([]);
    // The code does not stay in the address, and a reload does not lose it.
    await expect(guest).toHaveURL(/\/sign-up$/);
    await guest.reload();
    await guest.getByLabel("E-mail").fill("guest@example.org");
    await guest.getByLabel("User name").fill("guest");
    await guest.getByLabel("Password", { exact: true }).fill(Api.password);
    await guest.getByRole("button", { name: "Create account" }).click();
    await expect(guest).toHaveURL(/\/home$/);
    // Who came by invitation invites nobody where members do not.
    await guest.goto("/settings");
    await expect(guest.getByRole("region", { name: "Where you are signed in" })).toBeVisible();
    await expect(guest.getByRole("region", { name: "Invitations" })).toHaveCount(0);

    await boss.reload();
    await expect(made).toContainText("1 of 5 used");
    await made.getByRole("button", { name: /^End: / }).click();
    await expect(toast(boss, "Nobody registers with that link any more.")).toBeVisible();
    await expect(made).toHaveCount(0);
    const late = await visitor({ baseURL: site.address });
    await late.goto(link);
    await expect(late.getByRole("heading", { name: "This invitation is not good any more" })).toBeVisible();
  });
});
