import { readFileSync } from 'node:fs';
import { Config } from '@backstage/config';
import { InputError } from '@backstage/errors';
import { DestinationPolicy } from 'backstage-plugin-datasource-auth-common';
import { HostRules } from 'backstage-plugin-datasource-auth-node/egress';

/** The destinations that the backend may connect to, as configured under `datasourceAuth.egress`. */
export interface EgressPolicy extends DestinationPolicy {
  /** PEM text of additional trusted certificate authorities. */
  ca?: string;
}

/**
 * Reads `datasourceAuth.egress`. `ca` is the path of a PEM file, or the PEM text itself.
 *
 * @throws InputError if a rule is invalid or the certificate file can't be read
 */
export function readEgressPolicy(config: Config): EgressPolicy {
  const egress = config.getOptionalConfig('datasourceAuth.egress');
  const rules = (key: string) => {
    const found = egress?.getOptionalStringArray(key) ?? [];
    HostRules.parse(found, `datasourceAuth.egress.${key}`);
    return found;
  };
  const ca = egress?.getOptionalString('ca');
  return {
    allow: rules('allow'),
    allowHttp: rules('allowHttp'),
    only: rules('only'),
    ...(ca ? { ca: readCertificates(ca) } : {}),
  };
}

function readCertificates(pathOrPem: string): string {
  let pem = pathOrPem;
  if (!pem.includes('-----BEGIN')) {
    try {
      pem = readFileSync(pathOrPem, 'utf8');
    } catch {
      throw new InputError(
        `datasourceAuth.egress.ca: can't read the file '${pathOrPem}'. Set it to the path of a PEM file that the backend can read.`,
      );
    }
  }
  if (!pem.includes('-----BEGIN CERTIFICATE-----')) {
    throw new InputError(
      `datasourceAuth.egress.ca contains no certificate. Use PEM text that starts with -----BEGIN CERTIFICATE-----.`,
    );
  }
  return pem;
}
