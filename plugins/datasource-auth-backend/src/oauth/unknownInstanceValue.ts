import {
  diagnosisTexts,
  instanceName,
  message,
  templateExpressions,
} from 'backstage-plugin-datasource-auth-common';
import { DiagnosisCode } from './diagnosisCodes';
import { ErrorText } from './ErrorText';
import { ResponseFacts } from './ResponseFacts';

/** Returns the names of the instance values in a template. */
export function instanceNamesIn(template: string): string[] {
  return templateExpressions(template)
    .map(instanceName)
    .filter((name): name is string => Boolean(name));
}

/** Errors of Microsoft Entra ID for an unknown tenant, which have status 400. */
const UNKNOWN_TENANT = /AADSTS(90002|900023)\b/;

/**
 * Names the instance values in an address that doesn't exist. The rest of the address is most often from a preset, so
 * such a value is the likeliest cause.
 *
 * @param instance - the values that aren't secret, by name
 */
export function withInstanceValues<
  T extends ErrorText & { code: DiagnosisCode },
>(
  found: T,
  facts: Omit<ResponseFacts, 'method'>,
  instance: Record<string, string> = {},
): T {
  const { endpoint, status = 0, errorDescription = '' } = facts;
  const isUnknownTenant =
    found.code === 'invalid_request' && UNKNOWN_TENANT.test(errorDescription);
  const isMissing =
    isUnknownTenant ||
    found.code === 'not_found' ||
    (found.code === 'dns' && !found.retryable);
  const values = (facts.instance ?? []).filter(name =>
    Object.hasOwn(instance, name),
  );
  if (!isMissing || !values.length) return found;
  const named = values.filter(name =>
    errorDescription.includes(instance[name]),
  );
  return {
    ...found,
    ...(isUnknownTenant && {
      ...diagnosisTexts('endpointNotFound', {
        endpoint: message('name.tokenEndpoint'),
        status,
      }),
      code: 'not_found',
    }),
    cause: (named.length ? named : values).map(name =>
      message('sentence.instanceValueUnknown', { name, value: instance[name] }),
    ),
    remedy: [message('sentence.correctInstanceValue', { endpoint })],
  };
}
