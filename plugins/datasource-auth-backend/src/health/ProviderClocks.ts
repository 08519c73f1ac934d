import { HealthCheck } from 'backstage-plugin-datasource-auth-common';
import { ProviderClient, IssuedTokens } from '../oauth/ProviderClient';
import { formatDuration } from '../settings/formatTime';

/** From here on signed client assertions and ID tokens are at risk: providers allow for half a minute to five minutes. */
const TOLERANCE_MILLISECONDS = 30_000;

/** Remembers by how much the clock of the last provider that answered this replica differs from ours. */
export class ProviderClocks {
  #last?: { skew: number; at: number };

  /** Reads the clock of every token answer from outside: the client and its callers know nothing of it. */
  watch(client: ProviderClient): ProviderClient {
    const read = async (call: Promise<IssuedTokens>) => {
      const answer = await call;
      if (answer.clockSkew !== undefined) this.note(answer.clockSkew);
      return answer;
    };
    return {
      authorizeRequest: (...args) => client.authorizeRequest(...args),
      readCallback: (...args) => client.readCallback(...args),
      exchangeCode: (...args) => read(client.exchangeCode(...args)),
      requestToken: (...args) => read(client.requestToken(...args)),
      refresh: (...args) => read(client.refresh(...args)),
      revoke: (...args) => client.revoke(...args),
    };
  }

  /** @param skew - the provider's clock minus ours, in milliseconds */
  note(skew: number): void {
    this.#last = { skew, at: Date.now() };
  }

  check(): HealthCheck {
    const last = this.#last;
    const apart = Math.abs(last?.skew ?? 0);
    const ok = apart <= TOLERANCE_MILLISECONDS;
    const seen = ok ? 'ok' : 'problem';
    const state = last ? seen : 'unknown';
    return {
      id: 'clock',
      state,
      title: "The clock agrees with providers'",
      detail: last
        ? `${apartInWords(last.skew)}, seen ${formatDuration(
            Date.now() - last.at,
          )} ago.`
        : 'This replica has had no answer of a provider since it started.',
      remedy: ok
        ? undefined
        : "Let this machine's clock be set by a time server: with a wrong one, providers refuse signed requests, and what they sign is refused here.",
    };
  }
}

function apartInWords(skew: number): string {
  if (Math.abs(skew) < 1_000) return 'Less than a second apart';
  return `The last provider's clock is ${formatDuration(Math.abs(skew))} ${
    skew > 0 ? 'ahead' : 'behind'
  }`;
}
