import { DatasourceAuthError } from 'backstage-plugin-datasource-auth-common';
import { readClientCertificate } from '../settings/clientCertificate';
import { BareSettings, resolveSettings, Secrets } from '../settings/secrets';
import { SettingsError } from '../settings/SettingsError';

/** The field in which a fault is corrected. Others belong to the certificate. */
const FIELDS: Record<string, string> = {
  'settings.clientKeyUnreadable': 'clientCertificate.key',
  'settings.privateKeyEncrypted': 'clientCertificate.passphrase',
  'settings.passphraseWrong': 'clientCertificate.passphrase',
};

/**
 * Checks a client certificate that this Save enters. One that expired since an earlier Save doesn't keep anyone from
 * changing other settings.
 *
 * @throws DatasourceAuthError `invalid_request`, naming the field
 */
export function assertCertificate(
  entered: { settings: BareSettings; secrets: Secrets; written: Set<string> },
  saved: BareSettings | undefined,
): void {
  const { settings, secrets, written } = entered;
  const { certificate } = settings.clientCertificate ?? {};
  if (!certificate || !secrets.has('clientCertificate.key')) return;
  const isNew =
    certificate !== saved?.clientCertificate?.certificate ||
    [...written].some(path => path.startsWith('clientCertificate.'));
  if (!isNew) return;
  try {
    readClientCertificate(resolveSettings(settings, secrets).clientCertificate);
  } catch (error) {
    if (!(error instanceof SettingsError)) throw error;
    const { text } = error;
    const field = FIELDS[text.code] ?? 'clientCertificate.certificate';
    throw new DatasourceAuthError(text, {
      code: 'invalid_request',
      statusCode: 400,
      fieldTexts: { [field]: [text] },
    });
  }
}
