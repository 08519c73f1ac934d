import { OAuthExchangeError } from '../oauth/OAuthExchangeError';
import { ProviderClient } from '../oauth/ProviderClient';
import { Telemetry } from './Telemetry';

/** Measures a provider client from outside: neither the client nor its callers know. */
export function measuredProviderClient(
  client: ProviderClient,
  telemetry: Telemetry,
): ProviderClient {
  const measured = <T>(
    step: Parameters<Telemetry['exchange']>[0],
    call: () => Promise<T>,
  ) => telemetry.exchange(step, call, codeOf);
  return {
    authorizeRequest: (...args) => client.authorizeRequest(...args),
    readCallback: (...args) => client.readCallback(...args),
    exchangeCode: (...args) =>
      measured('code', () => client.exchangeCode(...args)),
    requestToken: (...args) =>
      measured('grant', () => client.requestToken(...args)),
    refresh: (...args) => measured('refresh', () => client.refresh(...args)),
    finish: (...args) => measured('further', () => client.finish(...args)),
    revoke: (...args) => measured('revoke', () => client.revoke(...args)),
  };
}

function codeOf(error: unknown): string {
  return error instanceof OAuthExchangeError
    ? error.diagnosis.code
    : 'unexpected';
}
