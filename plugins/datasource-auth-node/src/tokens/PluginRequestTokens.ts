import {
  AuthService,
  BackstageCredentials,
} from '@backstage/backend-plugin-api';
import { DatasourceAuthError } from 'backstage-plugin-datasource-auth-common';

/** A token isn't used in the last minute of its lifetime, nor in the last fifth of a short one. */
const MARGIN_LIMIT_MS = 60_000;
const MARGIN_SHARE = 0.2;

interface Kept {
  token: string;
  usableUntil: number;
}

/**
 * The Backstage tokens with which a plugin calls another one. The framework signs a new one for every call, so this
 * keeps the plugin's own token for each target until shortly before it expires. Tokens on behalf of a user are never
 * kept.
 *
 * @internal
 */
export class PluginRequestTokens {
  readonly #auth: AuthService;
  readonly #kept = new Map<string, Kept>();
  readonly #minting = new Map<string, Promise<string>>();

  constructor(options: { auth: AuthService }) {
    this.#auth = options.auth;
  }

  /** Returns the plugin's own token for a target. */
  async own(targetPluginId: string): Promise<string> {
    const kept = this.#kept.get(targetPluginId);
    if (kept && Date.now() < kept.usableUntil) return kept.token;
    const running = this.#minting.get(targetPluginId);
    if (running) return running;
    const minting = this.#mintOwn(targetPluginId).finally(() =>
      this.#minting.delete(targetPluginId),
    );
    this.#minting.set(targetPluginId, minting);
    return minting;
  }

  /** Drops the plugin's own token after the target refused it: its keys may have changed. */
  forgetOwn(targetPluginId: string): void {
    this.#kept.delete(targetPluginId);
  }

  /**
   * Returns a token on behalf of a user.
   *
   * @throws {@link DatasourceAuthError} with 403 when the framework responds with 401: the caller's own session is
   * valid.
   */
  async onBehalfOf(
    credentials: BackstageCredentials,
    targetPluginId: string,
  ): Promise<string> {
    try {
      const { token } = await this.#auth.getPluginRequestToken({
        onBehalfOf: credentials,
        targetPluginId,
      });
      return token;
    } catch (error) {
      throw new DatasourceAuthError(
        `Cannot act for the credentials that were passed: ${
          error instanceof Error ? error.message : 'unknown reason'
        }`,
        { code: 'not_allowed', statusCode: 403 },
      );
    }
  }

  async #mintOwn(targetPluginId: string): Promise<string> {
    const mintedAt = Date.now();
    const { token } = await this.#auth.getPluginRequestToken({
      onBehalfOf: await this.#auth.getOwnServiceCredentials(),
      targetPluginId,
    });
    const expiresAt = expiryOf(token);
    if (expiresAt !== undefined) {
      const margin = Math.min(
        MARGIN_LIMIT_MS,
        MARGIN_SHARE * (expiresAt - mintedAt),
      );
      this.#kept.set(targetPluginId, {
        token,
        usableUntil: expiresAt - margin,
      });
    }
    return token;
  }
}

/** Returns the `exp` claim (RFC 7519 section 4.1.4) in epoch milliseconds. Unverified, because it is our own token. */
function expiryOf(token: string): number | undefined {
  try {
    const payload = Buffer.from(token.split('.')[1], 'base64url').toString();
    const { exp } = JSON.parse(payload);
    return typeof exp === 'number' ? exp * 1000 : undefined;
  } catch {
    return undefined; // not a JWT: a mock or another auth service, so it isn't kept
  }
}
