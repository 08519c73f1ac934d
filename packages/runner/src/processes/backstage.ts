import type { GrantType, Kind } from 'backstage-plugin-datasource-auth-common';
import { answers, Child } from './Child';

const READINESS = '/.backstage/health/v1/readiness';

/** Header that names the person to sign in as, in the demo. */
export const PERSON_HEADER = 'x-demo-person';

/** Log line of Backstage for {@link BackstageClient.isReady}. */
export const READINESS_LOG = new RegExp(READINESS);

/**
 * Starts the Backstage of packages/backend.
 *
 * @param options - `config` are absolute paths of configuration files. Default: app-config.yaml
 */
export function startBackstage(options: {
  config?: string[];
  preload?: string[];
  env: Record<string, string>;
  logFile: string;
}): Child {
  const { config = [], preload, env, logFile } = options;
  return Child.start({
    name: 'Backstage',
    entry: 'packages/backend/src/index.ts',
    cwd: 'packages/backend',
    args: config.flatMap(file => ['--config', file]),
    preload,
    env: { NODE_ENV: 'development', ...env },
    logFile,
    noise: READINESS_LOG,
  });
}

/** The fields of a datasource in the list that are used here. */
export interface ListedDatasource {
  name: string;
  type?: Kind;
  grantType?: GrantType;
  consumers: '*' | string[];
  status: { state: string; reasonCode: string };
}

/** Result of a request. The body is set only if it is JSON. */
export interface Answer {
  status: number;
  body: any;
}

/** Requests of the demo and the browser tests to a running Backstage, as the guest. */
export class BackstageClient {
  readonly #baseUrl: string;
  #token?: string;
  #tokenEnds = 0;

  /** @param options - `baseUrl` is the URL of the backend */
  constructor(options: { baseUrl: string }) {
    this.#baseUrl = options.baseUrl;
  }

  /** Whether every plugin has started. */
  readonly isReady = () => answers(`${this.#baseUrl}${READINESS}`);

  /** Returns the datasources, as the page lists them. */
  async datasources(): Promise<ListedDatasource[]> {
    const { body } = await this.get('/api/datasource-auth/datasources');
    return body?.items ?? [];
  }

  /** Calls the API of a datasource through the sample consumer. */
  async consume(datasource: string): Promise<Answer> {
    return this.get(`/api/sample-consumer/${datasource}`);
  }

  async get(path: string): Promise<Answer> {
    return this.call('GET', path);
  }

  /** Sends any request as the guest; `text` is the whole response, including headers. */
  async call(
    method: string,
    path: string,
    body?: unknown,
    headers?: Record<string, string>,
  ): Promise<Answer & { text: string }> {
    const response = await fetch(`${this.#baseUrl}${path}`, {
      method,
      headers: {
        authorization: `Bearer ${await this.#guestToken()}`,
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        ...headers,
      },
      body: typeof body === 'string' ? body : JSON.stringify(body),
      signal: AbortSignal.timeout(60_000),
    });
    const text = await response.text();
    return {
      status: response.status,
      body: parse(text),
      text: `${JSON.stringify([...response.headers])}\n${text}`,
    };
  }

  /** Opens a path as a browser without a session does. Redirects aren't followed. */
  async visit(path: string, init: RequestInit): Promise<Response> {
    return fetch(`${this.#baseUrl}${path}`, { redirect: 'manual', ...init });
  }

  /** Returns the Backstage token of a person, from packages/backend/src/demoPeople.ts. */
  async signInAs(person: string): Promise<string> {
    return this.#signIn('demo-people', { [PERSON_HEADER]: person });
  }

  async #signIn(
    provider: string,
    headers?: Record<string, string>,
  ): Promise<string> {
    const path = `/api/auth/${provider}/refresh`;
    const response = await fetch(`${this.#baseUrl}${path}`, {
      headers: { 'x-requested-with': 'XMLHttpRequest', ...headers },
    });
    if (!response.ok) {
      throw new Error(`${path} failed with HTTP ${response.status}`);
    }
    const { backstageIdentity } = await response.json();
    return String(backstageIdentity.token);
  }

  async #guestToken(): Promise<string> {
    if (!this.#token || Date.now() > this.#tokenEnds) {
      this.#token = await this.#signIn('guest');
      this.#tokenEnds = Date.now() + 10 * 60_000;
    }
    return this.#token;
  }
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
