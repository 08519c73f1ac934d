import { AuthService, DiscoveryService } from '@backstage/backend-plugin-api';

/** What a plugin answered: a status and, where it was JSON, a body. */
export interface PluginResponse {
  status: number;
  body?: unknown;
}

const PATIENCE_MILLISECONDS = 2_000;

/** Asks other plugins of this Backstage, and ourselves, for what the framework tells under every plugin's address. */
export class BackstagePlugins {
  readonly #auth: AuthService;
  readonly #discovery: DiscoveryService;

  constructor(options: { auth: AuthService; discovery: DiscoveryService }) {
    this.#auth = options.auth;
    this.#discovery = options.discovery;
  }

  /** Whether a plugin answers under its address: the framework gives each an address for its public keys. */
  async isInstalled(pluginId: string): Promise<boolean | undefined> {
    const answer = await this.get(pluginId, '/.backstage/auth/v1/jwks.json');
    if (!answer || answer.status >= 500) return undefined;
    return answer.status !== 404;
  }

  /** @returns nothing where nobody answered in two seconds */
  async get(
    pluginId: string,
    path: string,
  ): Promise<PluginResponse | undefined> {
    try {
      const { token } = await this.#auth.getPluginRequestToken({
        onBehalfOf: await this.#auth.getOwnServiceCredentials(),
        targetPluginId: pluginId,
      });
      const base = await this.#discovery.getBaseUrl(pluginId);
      const response = await fetch(`${base}${path}`, {
        headers: { authorization: `Bearer ${token}` },
        signal: AbortSignal.timeout(PATIENCE_MILLISECONDS),
      });
      const text = await response.text();
      return {
        status: response.status,
        body: response.headers.get('content-type')?.includes('json')
          ? JSON.parse(text)
          : undefined,
      };
    } catch {
      return undefined;
    }
  }
}
