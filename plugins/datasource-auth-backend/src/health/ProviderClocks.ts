import {
  HealthCheck,
  message,
  Message,
} from 'backstage-plugin-datasource-auth-common';
import { ProviderClient, IssuedTokens } from '../oauth/ProviderClient';
import { durationMessage } from '../settings/timeMessages';
import { healthCheck } from './healthCheck';

/** Beyond this, signed client assertions and ID tokens are at risk: providers tolerate half a minute to five minutes. */
const TOLERANCE_MILLISECONDS = 30_000;

/** Remembers how far the clock of the last provider that responded to this replica is from ours. */
export class ProviderClocks {
  #last?: { skew: number; at: number };

  /** Reads the clock of every token response. The client and its callers don't notice. */
  watch(client: ProviderClient): ProviderClient {
    const read = async (call: Promise<IssuedTokens>) => {
      const tokens = await call;
      if (tokens.clockSkew !== undefined) this.note(tokens.clockSkew);
      return tokens;
    };
    return {
      authorizeRequest: (...args) => client.authorizeRequest(...args),
      readCallback: (...args) => client.readCallback(...args),
      exchangeCode: (...args) => read(client.exchangeCode(...args)),
      requestToken: (...args) => read(client.requestToken(...args)),
      refresh: (...args) => read(client.refresh(...args)),
      finish: (...args) => read(client.finish(...args)),
      revoke: (...args) => client.revoke(...args),
    };
  }

  /** @param skew - the provider's clock minus ours, in milliseconds */
  note(skew: number): void {
    this.#last = { skew, at: Date.now() };
  }

  check(): HealthCheck {
    const last = this.#last;
    if (!last) {
      return healthCheck({
        id: 'clock',
        state: 'unknown',
        title: message('health.clock.unseen'),
        detail: [message('health.clock.unknown')],
      });
    }
    const ok = Math.abs(last.skew) <= TOLERANCE_MILLISECONDS;
    return healthCheck({
      id: 'clock',
      state: ok ? 'ok' : 'problem',
      title: message(ok ? 'health.clock.title' : 'health.clock.differs'),
      detail: [difference(last.skew, last.at)],
      remedy: ok ? undefined : [message('health.clock.remedy')],
    });
  }
}

function difference(skew: number, at: number): Message {
  const age = durationMessage(Date.now() - at);
  if (Math.abs(skew) < 1_000) return message('health.clock.close', { age });
  return message(skew > 0 ? 'health.clock.ahead' : 'health.clock.behind', {
    skew: durationMessage(Math.abs(skew)),
    age,
  });
}
