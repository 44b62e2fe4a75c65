import type { FullResult, Reporter, Suite, TestCase } from "@playwright/test/reporter";

/** Ends the output with the line that test.sh sums up. */
export default class Total implements Reporter {
  private all: TestCase[] = [];

  onBegin(_config: unknown, suite: Suite): void {
    this.all = suite.allTests();
  }

  onEnd(result: FullResult): void {
    const skipped = this.all.filter((x) => x.outcome() === "skipped").length;
    const failed = this.all.filter((x) => x.outcome() === "unexpected").length;
    const errors = result.status !== "passed" && failed === 0 ? 1 : 0;
    console.log(
      `Total: ${this.all.length + errors}, Errors: ${errors}, Failed: ${failed}, Skipped: ${skipped}`,
    );
  }
}
