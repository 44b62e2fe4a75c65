/** The API, for what a test needs to be there before it begins. */
export class Api {
  private constructor(
    private readonly address: string,
    readonly username: string,
    private readonly token: string,
  ) {}

  static readonly password = "a long enough password";

  /** Registers a user with a name nobody else has. */
  static async register(address: string, prefix: string): Promise<Api> {
    const username = `${prefix}_${Math.random().toString(36).slice(2, 8)}`;
    await send(address, "/user/", {
      username,
      email: `${username}@example.org`,
      password: Api.password,
    });
    const response = await fetch(`${address}/token`, {
      method: "POST",
      body: new URLSearchParams({ username, password: Api.password }),
    });
    const tokens = (await response.json()) as { access_token: string };
    return new Api(address, username, tokens.access_token);
  }

  async write(text: string, parentId?: number): Promise<number> {
    const post = await send(this.address, "/post/", { text, parent_id: parentId }, this.token);
    return post.id as number;
  }

  async like(id: number): Promise<void> {
    await send(this.address, `/post/${id}/like/`, undefined, this.token);
  }

  async follow(username: string): Promise<void> {
    await send(this.address, `/user/follow/${username}/`, undefined, this.token);
  }
}

async function send(
  address: string,
  path: string,
  body?: unknown,
  token?: string,
): Promise<Record<string, unknown>> {
  const response = await fetch(address + path, {
    method: "POST",
    headers: {
      ...(body === undefined ? {} : { "Content-Type": "application/json" }),
      ...(token ? { Authorization: `Bearer ${token}` } : {}),
    },
    body: body === undefined ? undefined : JSON.stringify(body),
  });
  if (!response.ok) throw new Error(`${path}: ${response.status} ${await response.text()}`);
  return (await response.json()) as Record<string, unknown>;
}
