import { type ChildProcess, execFile, spawn } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { promisify } from "node:util";

const root = resolve(import.meta.dirname, "../..");
const program = process.env.PAMPS_E2E_SERVER ?? join(root, "src/Pamps.Server/bin/Release/net10.0/pamps.dll");

/** The real server, on SQLite in a folder that goes with it. */
export class PampsServer {
  /** What the server signs tokens with. */
  static readonly secretKey = "the end-to-end tests sign with this key";

  private constructor(
    readonly address: string,
    private readonly process: ChildProcess,
    private readonly folder: string,
    private readonly environment: NodeJS.ProcessEnv,
  ) {}

  /** @param settings Environment variables, such as `PAMPS_SECURITY__ACCESS_TOKEN_EXPIRE_MINUTES`; `{port}` in them is the server's. */
  static async start(settings: Record<string, string> = {}): Promise<PampsServer> {
    const folder = await mkdtemp(join(tmpdir(), "pamps-e2e-"));
    const port = await freePort();
    const environment = {
      ...process.env,
      PAMPS_ENV: "testing",
      PAMPS_PORT: String(port),
      PAMPS_HOST: "127.0.0.1",
      PAMPS_DATA_FOLDER: folder,
      PAMPS_DB__URI: "",
      // Hashing is what would take the time.
      PAMPS_SECURITY__PASSWORD_ITERATIONS: "1000",
      PAMPS_SECURITY__SECRET_KEY: PampsServer.secretKey,
      // The pages that posts link to here are made up.
      PAMPS_OUTGOING__ENABLED: "false",
      // Tests fill forms in faster than people.
      PAMPS_MODERATION__FORM_SECONDS: "0",
      // All their people are new.
      PAMPS_MODERATION__HOLD_SPAM: "false",
      ...Object.fromEntries(Object.entries(settings).map(([name, value]) => [name, value.replace("{port}", String(port))])),
    };
    const child = spawn("dotnet", [program], { cwd: folder, env: environment, stdio: ["ignore", "pipe", "pipe"] });
    let output = "";
    child.stdout.on("data", (text) => (output = (output + text).slice(-20_000)));
    child.stderr.on("data", (text) => (output = (output + text).slice(-20_000)));
    const server = new PampsServer(`http://127.0.0.1:${port}`, child, folder, environment);
    for (let tries = 0; tries < 300; tries++) {
      if (child.exitCode !== null) break;
      try {
        if ((await fetch(`${server.address}/health/ready`)).ok) return server;
      } catch {
        // It is not up yet.
      }
      await new Promise((later) => setTimeout(later, 100));
    }
    await server.stop();
    throw new Error(`The server did not start.\n${output.slice(-4_000)}`);
  }

  /** Runs a command beside the server, on its data; gives what it printed. */
  async run(...command: string[]): Promise<string> {
    const ran = await promisify(execFile)("dotnet", [program, ...command], { cwd: this.folder, env: this.environment });
    return ran.stdout.trim();
  }

  async stop(): Promise<void> {
    if (this.process.exitCode === null) {
      const ended = new Promise((end) => this.process.once("exit", end));
      this.process.kill("SIGTERM");
      await ended;
    }
    await rm(this.folder, { recursive: true, force: true });
  }
}

function freePort(): Promise<number> {
  return new Promise((found, failed) => {
    const probe = createServer();
    probe.once("error", failed);
    probe.listen(0, "127.0.0.1", () => {
      const address = probe.address();
      probe.close(() => found(typeof address === "object" && address ? address.port : 0));
    });
  });
}
