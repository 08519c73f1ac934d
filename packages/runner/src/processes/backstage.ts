import { answers, Child } from './Child.mjs';

/** Starts the Backstage of packages/backend. `config` names files below the root; without it app-config.yaml is read. */
export function startBackstage({ config = [], env, logFile }) {
  return Child.start({
    name: 'Backstage',
    entry: 'packages/backend/src/index.ts',
    cwd: 'packages/backend',
    args: config.flatMap(file => ['--config', file]),
    env: { NODE_ENV: 'development', ...env },
    logFile,
  });
}

/** What the demo and the browser tests ask of a running Backstage, as the guest. */
export class BackstageClient {
  #baseUrl;
  #token;
  #tokenEnds = 0;

  /** @param {{ baseUrl: string }} options where the backend answers */
  static create(options) {
    return new BackstageClient(options);
  }

  constructor({ baseUrl }) {
    this.#baseUrl = baseUrl;
  }

  /** Whether every plugin has started. */
  isReady = () => answers(`${this.#baseUrl}/.backstage/health/v1/readiness`);

  /** The datasources, as the page lists them. */
  async datasources() {
    const { body } = await this.get('/api/datasource-auth/datasources');
    return body?.items ?? [];
  }

  /** Calls the API of a datasource by way of the sample consumer. */
  async consume(datasource) {
    return this.get(`/api/sample-consumer/${datasource}`);
  }

  /** @returns {Promise<{ status: number, body: any }>} the answer; the body only where it is JSON */
  async get(path) {
    const response = await fetch(`${this.#baseUrl}${path}`, {
      headers: { authorization: `Bearer ${await this.#guestToken()}` },
      signal: AbortSignal.timeout(60_000),
    });
    const text = await response.text();
    return { status: response.status, body: parse(text) };
  }

  async #guestToken() {
    if (Date.now() > this.#tokenEnds) {
      const response = await fetch(`${this.#baseUrl}/api/auth/guest/refresh`, {
        headers: { 'x-requested-with': 'XMLHttpRequest' },
      });
      if (!response.ok) {
        throw new Error(`The guest cannot sign in: HTTP ${response.status}`);
      }
      const { backstageIdentity } = await response.json();
      this.#token = backstageIdentity.token;
      this.#tokenEnds =
        Date.now() + (backstageIdentity.expiresInSeconds ?? 600) * 500;
    }
    return this.#token;
  }
}

function parse(text) {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
