import { z } from 'zod';
import { certificateSchema } from './assertions';
import { secretSchema } from './settingValues';
import { FAULTS } from './faults';

/** A client certificate for mutual TLS. Its key is a secret, the certificate isn't. */
export const clientCertificateSchema = z.strictObject({
  /** PEM, followed by its chain. */
  certificate: certificateSchema.optional(),
  /** The private key of the certificate, PEM. */
  key: secretSchema.refine(
    key => typeof key !== 'string' || !/BEGIN CERTIFICATE-/.test(key),
    {
      error: FAULTS.keyIsCertificate,
    },
  ),
  /** Passphrase of an encrypted key. */
  passphrase: secretSchema,
});

/**
 * Paths of the secrets of a client certificate, which belong to no kind of credential.
 *
 * @public
 */
export const CLIENT_CERTIFICATE_SECRETS: readonly string[] = [
  'clientCertificate.key',
  'clientCertificate.passphrase',
];

/**
 * The settings that say whether calls have a client certificate, as stored, written, or typed.
 *
 * @public
 */
export interface ClientCertificateSettings {
  /** The certificate with its key. */
  clientCertificate?: { certificate?: string };
  /** The API description, which can demand one. */
  importedFrom?: { clientCertificate?: true };
}

/**
 * Returns whether calls to the API have a client certificate. Only the backend has its key, so plugins call such an API
 * through the backend and get no token.
 *
 * @public
 */
export function hasClientCertificate({
  clientCertificate,
}: ClientCertificateSettings): boolean {
  return Boolean(clientCertificate?.certificate);
}

/**
 * Returns whether a client certificate is required: the settings have one, or the API description demands one.
 *
 * @public
 */
export function requiresClientCertificate(
  settings: ClientCertificateSettings,
): boolean {
  return (
    hasClientCertificate(settings) ||
    settings.importedFrom?.clientCertificate === true
  );
}
