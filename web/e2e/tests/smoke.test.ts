import { expect, test } from "../fixtures.ts";

test("the server answers", async ({ server }) => {
  expect((await fetch(`${server.address}/health/ready`)).ok).toBe(true);
});
