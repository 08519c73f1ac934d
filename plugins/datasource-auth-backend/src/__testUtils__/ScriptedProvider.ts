import { Diagnosis } from 'backstage-plugin-datasource-auth-common';
import {
  ExchangeOutcome,
  OAuthExchangeError,
} from '../oauth/OAuthExchangeError';
import {
  ExchangeOptions,
  ProviderClient,
  IssuedTokens,
} from '../oauth/ProviderClient';

/** One call that the provider received. */
export interface ProviderCall {
  /** Absent for a repeated grant. */
  refreshToken?: string;
  options: ExchangeOptions;
}

/** Handles one call: itself, or with the provider's normal behavior. */
export type Turn = (
  grant: () => IssuedTokens,
  call: ProviderCall,
) => Promise<IssuedTokens> | IssuedTokens;

/**
 * A provider that rotates refresh tokens, ends the family when a used one is sent again, and otherwise follows the
 * test's script. It also simulates the network: a request that starts too late isn't sent.
 */
export class ScriptedProvider {
  readonly calls: ProviderCall[] = [];
  /** The script for the next calls. Later calls get the normal behavior. */
  readonly script: Turn[] = [];
  lifetimeSeconds: number | undefined = 3_600;
  rotations = 0;
  reuses = 0;
  revocations = 0;
  /** Returns the first result again for a used refresh token, as some providers do for a while. */
  grace = false;
  /** Most calls in progress at once. */
  busiest = 0;
  #busy = 0;
  #issued = 0;
  readonly #alive = new Set<string>();
  readonly #yielded = new Map<string, IssuedTokens>();

  /** The client for the broker. */
  get client(): ProviderClient {
    return {
      refresh: (_: unknown, tokens: { refreshToken: string }, options = {}) =>
        this.#call({ refreshToken: tokens.refreshToken, options }),
      requestToken: (_: unknown, options = {}) => this.#call({ options }),
      revoke: async () => {
        this.revocations += 1;
      },
    } as unknown as ProviderClient;
  }

  /** A first grant, as a user would get it. */
  grant(): IssuedTokens {
    this.#issued += 1;
    const refreshToken = `refresh-${this.#issued}`;
    this.#alive.add(refreshToken);
    return this.#answer(refreshToken);
  }

  /** Whether the family of tokens is still valid. */
  get alive(): boolean {
    return this.#alive.size > 0;
  }

  /** The access token that was issued last. */
  get latest(): string {
    return `access-${this.#issued}`;
  }

  /** The refresh tokens that were presented, in order. */
  get presented(): Array<string | undefined> {
    return this.calls.map(call => call.refreshToken);
  }

  async #call(call: ProviderCall): Promise<IssuedTokens> {
    const { startWithin } = call.options;
    if (startWithin !== undefined && startWithin <= 0) {
      throw failure('not_sent', 'start_missed');
    }
    call.options.onSend?.();
    this.calls.push(call);
    this.#busy += 1;
    this.busiest = Math.max(this.busiest, this.#busy);
    try {
      const turn = this.script.shift() ?? (grant => grant());
      return await turn(() => this.#grant(call.refreshToken), call);
    } finally {
      this.#busy -= 1;
    }
  }

  #grant(presented: string | undefined): IssuedTokens {
    if (presented === undefined) {
      this.#issued += 1;
      return this.#answer(undefined);
    }
    if (!this.#alive.delete(presented)) {
      const yielded = this.grace && this.#yielded.get(presented);
      if (yielded) return yielded;
      this.reuses += 1;
      this.#alive.clear();
      throw failure('refused', 'invalid_grant');
    }
    this.rotations += 1;
    const answer = this.grant();
    this.#yielded.set(presented, answer);
    return answer;
  }

  #answer(refreshToken: string | undefined): IssuedTokens {
    const requestedAt = Date.now();
    return {
      accessToken: `access-${this.#issued}`,
      refreshToken,
      tokenType: 'Bearer',
      requestedAt,
      expiresAt:
        this.lifetimeSeconds === undefined
          ? undefined
          : requestedAt + this.lifetimeSeconds * 1000,
      kept: {},
    };
  }
}

/** How a provider failed an exchange. */
export function failure(
  outcome: ExchangeOutcome,
  code: string,
  more: {
    retryable?: boolean;
    retryAt?: number;
    details?: Diagnosis['details'];
  } = {},
): OAuthExchangeError {
  const { retryable = true, retryAt, details = {} } = more;
  return new OAuthExchangeError({
    diagnosis: {
      ...{ code, title: `Failed with ${code}`, cause: 'A test', remedy: '' },
      texts: { title: [], cause: [], remedy: [] },
      ...{ retryable, details },
    },
    outcome,
    retryAt,
  });
}
