import {
  DatasourceNotConfiguredError,
  message,
} from 'backstage-plugin-datasource-auth-common';
import {
  BareSettings,
  resolveInstance,
  resolveMaps,
  Secrets,
} from '../settings/secrets';
import { withOwn } from '../settings/ownSecrets';
import { SettingsError } from '../settings/SettingsError';
import { filledMaps } from './filledMaps';
import { kindOnTheWire } from './index';
import { CallCredential } from './KindOnTheWire';

/**
 * Returns the headers and query parameters of an API call: those of the credential, and those that every call has.
 *
 * @throws DatasourceNotConfiguredError if a template has no value
 */
export function apiAuthentication(
  { settings, secrets }: { settings: BareSettings; secrets: Secrets },
  token: {
    accessToken: string;
    kept: Record<string, string>;
    /** What a person entered, if the call is made as them. */
    own?: Record<string, string>;
  },
): CallCredential {
  const { auth, api, name } = settings;
  const values = {
    instance: resolveInstance(settings, secrets),
    kept: token.kept,
  };
  try {
    const own = kindOnTheWire(auth).credential(
      { settings, secrets: token.own ? withOwn(secrets, token.own) : secrets },
      token,
      values,
    );
    if (!api) return own;
    const every = filledMaps(resolveMaps(api, 'api', secrets), {
      part: 'api',
      secrets,
      values,
    });
    return {
      headers: { ...own.headers, ...every.headers },
      query: { ...own.query, ...every.query },
      secrets: [...own.secrets, ...every.secrets],
    };
  } catch (error) {
    if (!(error instanceof SettingsError)) throw error;
    throw new DatasourceNotConfiguredError(
      message('error.gateway.settings', { name, fault: error.text }),
    );
  }
}
