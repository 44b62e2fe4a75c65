export type Visibility = "public" | "unlisted" | "followers" | "direct";

/** The API, for what a test needs to be there before it begins, and to see what the server has in the end. */
export class Api {
  private constructor(
    readonly address: string,
    readonly username: string,
    private readonly token: string,
  ) {}

  static readonly password = "a long enough password";

  /** Registers a user with a name nobody else has. */
  static register(address: string, prefix: string): Promise<Api> {
    return Api.registerAs(address, `${prefix}_${Math.random().toString(36).slice(2, 8)}`);
  }

  static async registerAs(address: string, username: string): Promise<Api> {
    await send(address, "POST", "/user/", {
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

  call<T = unknown>(method: string, path: string, body?: unknown): Promise<T> {
    return send<T>(this.address, method, path, body, this.token);
  }

  async write(text: string, parentId?: number, visibility?: Visibility): Promise<number> {
    return (await this.call<{ id: number }>("POST", "/post/", { text, parent_id: parentId, visibility })).id;
  }

  async upload(file: Buffer, description = ""): Promise<number> {
    const form = new FormData();
    form.append("description", description);
    form.append("file", new Blob([new Uint8Array(file)]), "picture.png");
    const response = await fetch(`${this.address}/media/`, {
      method: "POST",
      headers: { Authorization: `Bearer ${this.token}` },
      body: form,
    });
    if (!response.ok) throw new Error(`POST /media/: ${response.status} ${await response.text()}`);
    return ((await response.json()) as { id: number }).id;
  }

  /** A post with pictures and what is to be seen on them. */
  async show(text: string, ...pictures: [file: Buffer, description: string][]): Promise<number> {
    const ids: number[] = [];
    for (const [file, description] of pictures) ids.push(await this.upload(file, description));
    return (await this.call<{ id: number }>("POST", "/post/", { text, media_ids: ids })).id;
  }

  async writeMany(texts: string[]): Promise<number[]> {
    const ids: number[] = [];
    for (const text of texts) ids.push(await this.write(text));
    return ids;
  }

  edit = (id: number, text: string) => this.call("PATCH", `/post/${id}/`, { text });
  delete = (id: number) => this.call("DELETE", `/post/${id}/`);
  like = (id: number) => this.call("POST", `/post/${id}/like/`);
  unlike = (id: number) => this.call("DELETE", `/post/${id}/like/`);
  follow = (username: string) => this.call("POST", `/user/follow/${username}/`);
  block = (username: string) => this.call("POST", `/user/block/${username}/`);
  mute = (username: string, how?: { duration?: number; notifications?: boolean }) =>
    this.call("POST", `/user/mute/${username}/`, how);
  filter = (how: { title: string; words: string[]; context: string[]; action?: "warn" | "hide" }) =>
    this.call("POST", "/filter/", {
      title: how.title,
      context: how.context,
      filter_action: how.action,
      keywords: how.words.map((keyword) => ({ keyword })),
    });
  lock = () => this.call("PATCH", "/user/me/", { locked: true });
  describe = (profile: { bio?: string; avatar?: string; avatar_media_id?: number }) => this.call("PATCH", "/user/me/", profile);

  /** The texts of this user's posts, replies too, newest first, as the server has them now. */
  async texts(): Promise<string[]> {
    const path = `/post/user/${this.username}/?order=newest&include_replies=true`;
    return (await this.call<{ text: string }[]>("GET", path)).map((x) => x.text);
  }
}

async function send<T>(address: string, method: string, path: string, body?: unknown, token?: string): Promise<T> {
  const response = await fetch(address + path, {
    method,
    headers: {
      ...(body === undefined ? {} : { "Content-Type": "application/json" }),
      ...(token ? { Authorization: `Bearer ${token}` } : {}),
    },
    body: body === undefined ? undefined : JSON.stringify(body),
  });
  const text = await response.text();
  if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${text}`);
  return (text ? JSON.parse(text) : undefined) as T;
}
