import {
  DatasourceNotConfiguredError,
  hasClientCertificate,
  message,
} from 'backstage-plugin-datasource-auth-common';
import { ClientCertificate } from 'backstage-plugin-datasource-auth-node/egress';
import { readClientCertificate } from '../settings/clientCertificate';
import { BareSettings, resolveSettings, Secrets } from '../settings/secrets';
import { SettingsError } from '../settings/SettingsError';

/**
 * Returns the client certificate of API calls, or undefined without one.
 *
 * @throws DatasourceNotConfiguredError if it can't be used
 */
export function apiCertificate({
  settings,
  secrets,
}: {
  settings: BareSettings;
  secrets: Secrets;
}): ClientCertificate | undefined {
  if (!hasClientCertificate(settings)) return undefined;
  try {
    return readClientCertificate(
      resolveSettings(settings, secrets).clientCertificate,
    );
  } catch (error) {
    if (!(error instanceof SettingsError)) throw error;
    throw new DatasourceNotConfiguredError(
      message('error.gateway.certificate', {
        name: settings.name,
        fault: error.text,
      }),
    );
  }
}
