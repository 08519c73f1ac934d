import { AuthService, DiscoveryService } from '@backstage/backend-plugin-api';

/** A plugin's response: its status and, if it was JSON, its body. */
export interface PluginResponse {
  status: number;
  body?: unknown;
}

const PATIENCE_MILLISECONDS = 2_000;

/** Requests from other plugins, and from this one, what the framework serves for every plugin. */
export class BackstagePlugins {
  readonly #auth: AuthService;
  readonly #discovery: DiscoveryService;

  constructor(options: { auth: AuthService; discovery: DiscoveryService }) {
    this.#auth = options.auth;
    this.#discovery = options.discovery;
  }

  /** Whether a plugin responds at its URL: the framework serves each plugin's public keys there. */
  async isInstalled(pluginId: string): Promise<boolean | undefined> {
    const response = await this.get(pluginId, '/.backstage/auth/v1/jwks.json');
    if (!response || response.status >= 500) return undefined;
    return response.status !== 404;
  }

  /**
   * @returns undefined if there was no response within two seconds
   */
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
