import {
  ClientCertificateSettings,
  hasClientCertificate,
} from './clientCertificate';
import { instanceValue, isSecretValue } from './instanceValues';
import { kindOf, KINDS, KindSettings } from './kinds/descriptors';
import { templateExpressions } from './templates';

/**
 * The settings that decide which headers and query parameters every call to an API has.
 *
 * @public
 */
export interface ApiSettings extends ClientCertificateSettings {
  /** Base URL, which may have query parameters of its own. */
  baseUrl?: string;
  /** Instance values by name. */
  instance?: Record<string, unknown>;
  /** Values of every call: plain text, or an object around a secret. */
  api?: {
    headers?: Record<string, unknown>;
    query?: Record<string, unknown>;
  };
  /** The credential. Some kinds send secrets of the settings to the API. */
  auth?: KindSettings;
}

/**
 * Returns whether a secret of the settings goes to the API: in a header or parameter of every call, in the credential, or
 * as the key of a client certificate.
 *
 * @param instanceName - only whether this instance value does
 * @public
 */
export function hasApiSecret(
  settings: Omit<ApiSettings, 'baseUrl'>,
  instanceName?: string,
): boolean {
  const { api, auth = {}, instance } = settings;
  if (instanceName === undefined && hasClientCertificate(settings)) return true;
  const { sendsSecretsToApi } = KINDS[kindOf(auth)];
  if (sendsSecretsToApi && instanceName === undefined) return true;
  const values = [
    ...Object.values(api?.headers ?? {}),
    ...Object.values(api?.query ?? {}),
    ...(sendsSecretsToApi ? textsIn(auth) : []),
  ];
  return values.some(value => {
    if (isSecretValue(value) && instanceName === undefined) return true;
    const text = isSecretValue(value) ? value.value : value;
    return templateExpressions(typeof text === 'string' ? text : '').some(
      expression =>
        isSecretValue(instanceValue(expression, instance)) &&
        (instanceName === undefined ||
          expression === `instance.${instanceName}`),
    );
  });
}

function textsIn(value: unknown): unknown[] {
  return typeof value === 'object' && value !== null
    ? Object.values(value).flatMap(textsIn)
    : [value];
}
