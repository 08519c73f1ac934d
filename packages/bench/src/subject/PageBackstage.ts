import {
  BackstageClient,
  Child,
  freePort,
  inRepository,
  startBackstage,
} from 'runner';

/** Concurrent requests while datasources are created. */
const AT_ONCE = 10;

/** A whole Backstage with the built app, and datasources in it. */
export class PageBackstage {
  readonly url: string;
  readonly #backstage: Child;
  readonly #guest: BackstageClient;
  #saved = 0;

  static async start(): Promise<PageBackstage> {
    const port = await freePort();
    const url = `http://localhost:${port}`;
    const backstage = startBackstage({
      config: [inRepository('packages/bench/src/subject/page-config.yaml')],
      env: {
        NODE_ENV: 'production',
        BENCH_URL: url,
        BENCH_PORT: String(port),
      },
      logFile: inRepository('.cache/bench/page.log'),
    });
    const guest = new BackstageClient({
      baseUrl: `http://127.0.0.1:${port}`,
    });
    await backstage.up(guest.isReady, { seconds: 180 });
    return new PageBackstage(url, backstage, guest);
  }

  private constructor(url: string, backstage: Child, guest: BackstageClient) {
    this.url = url;
    this.#backstage = backstage;
    this.#guest = guest;
  }

  /** Saves datasources up to this number. Every third lacks a setting, so that there is more than one status. */
  async fill(count: number): Promise<void> {
    const save = async () => {
      while (this.#saved < count) {
        this.#saved += 1;
        await this.#save(this.#saved);
      }
    };
    await Promise.all(Array.from({ length: AT_ONCE }, save));
  }

  async stop(): Promise<void> {
    await this.#backstage.stop();
  }

  async #save(number: number): Promise<void> {
    const { status, text } = await this.#guest.call(
      'POST',
      '/api/datasource-auth/datasources',
      {
        name: `datasource-${number}`,
        title: `Datasource ${number} of department ${number % 17}`,
        owner: `group:default/team-${number % 40}`,
        baseUrl: `https://api-${number}.example.com`,
        consumers: ['search', 'techdocs', 'scaffolder'].slice(number % 3),
        auth: {
          grantType: 'client_credentials',
          clientId: `client-${number}`,
          clientSecret: 'bench-only-secret',
          token: number % 3 ? { url: 'https://login.example.com/token' } : {},
          scopes: ['read'],
        },
      },
    );
    if (status !== 201) throw new Error(`HTTP ${status} ${text}`);
  }
}
