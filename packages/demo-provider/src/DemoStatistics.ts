import type { KoaContextWithOIDC, Provider } from 'oidc-provider';
import { REUSE_DETAIL } from './StoreAdapter';
import { tokenHash } from './tokenHash';

/** Statistics of the provider since its start. Tokens appear only as hashes. */
export interface DemoCounts {
  /** Requests to the token endpoint, by `grant_type`. */
  tokenCalls: Record<string, { granted: number; refused: number }>;
  /** Successful requests with a refresh token. */
  refreshes: number;
  /** Refresh tokens that were replaced by a new one. */
  rotations: number;
  /** Used refresh tokens that were sent again; each one ended its family. */
  reuses: number;
  revocations: number;
  introspections: number;
  /** Sign-in and consent pages started. */
  interactions: number;
  apiCalls: { ok: number; unauthorized: number; forbidden: number };
  /** By client: the number of its access tokens, and the hash of the latest. */
  accessTokens: Record<string, { issued: number; latestHash: string }>;
}

/** A token in clear text, recorded for a test. */
export interface IssuedToken {
  kind: 'access_token' | 'refresh_token';
  clientId: string;
  value: string;
}

interface SavedToken {
  jti: string;
  clientId?: string;
}

/** Counts the authorization server's events. */
export class DemoStatistics {
  readonly #counts: DemoCounts = {
    tokenCalls: {},
    refreshes: 0,
    rotations: 0,
    reuses: 0,
    revocations: 0,
    introspections: 0,
    interactions: 0,
    apiCalls: { ok: 0, unauthorized: 0, forbidden: 0 },
    accessTokens: {},
  };
  readonly #issued?: IssuedToken[];

  static of(
    provider: Provider,
    options: { recordIssued: boolean },
  ): DemoStatistics {
    const statistics = new DemoStatistics(options.recordIssued);
    statistics.#listen(provider);
    return statistics;
  }

  private constructor(recordIssued: boolean) {
    this.#issued = recordIssued ? [] : undefined;
  }

  get counts(): DemoCounts {
    return structuredClone(this.#counts);
  }

  get issued(): readonly IssuedToken[] {
    return this.#issued ?? [];
  }

  countApiCall(status: number) {
    const { apiCalls } = this.#counts;
    if (status === 401) apiCalls.unauthorized += 1;
    else if (status === 403) apiCalls.forbidden += 1;
    else apiCalls.ok += 1;
  }

  #listen(provider: Provider) {
    provider.on('grant.success', ctx => {
      this.#tokenCall(ctx).granted += 1;
      if (ctx.oidc.params?.grant_type === 'refresh_token') {
        this.#counts.refreshes += 1;
      }
    });
    provider.on('grant.error', (ctx, error) => {
      this.#tokenCall(ctx).refused += 1;
      if (error.error_detail === REUSE_DETAIL) this.#counts.reuses += 1;
    });
    provider.on('refresh_token.consumed', () => {
      this.#counts.rotations += 1;
    });
    provider.on('interaction.started', () => {
      this.#counts.interactions += 1;
    });
    provider.on('access_token.saved', token => this.#accessToken(token));
    provider.on('client_credentials.saved', token => this.#accessToken(token));
    provider.on('refresh_token.saved', token =>
      this.#remember('refresh_token', token),
    );
    provider.use(async (ctx, next) => {
      await next();
      if (ctx.status === 200 && ctx.path === '/revoke') {
        this.#counts.revocations += 1;
      } else if (ctx.status === 200 && ctx.path === '/introspect') {
        this.#counts.introspections += 1;
      }
    });
  }

  #tokenCall(ctx: KoaContextWithOIDC) {
    const grantType = String(ctx.oidc.params?.grant_type ?? 'unknown');
    this.#counts.tokenCalls[grantType] ??= { granted: 0, refused: 0 };
    return this.#counts.tokenCalls[grantType];
  }

  #accessToken(token: SavedToken) {
    const { jti, clientId = '' } = token;
    const issued = this.#counts.accessTokens[clientId]?.issued ?? 0;
    this.#counts.accessTokens[clientId] = {
      issued: issued + 1,
      latestHash: tokenHash(jti),
    };
    this.#remember('access_token', token);
  }

  #remember(kind: IssuedToken['kind'], { jti, clientId = '' }: SavedToken) {
    this.#issued?.push({ kind, clientId, value: jti });
  }
}
