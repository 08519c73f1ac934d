import {
  ConnectionForm,
  personalSecrets,
} from 'backstage-plugin-datasource-auth-common';
import { createHash } from 'node:crypto';
import { bindingOf, canonical } from './binding';
import { connectionTermsOf } from './connectionTerms';
import { BareSettings } from './secrets';

/** Returns what each person enters to connect, or undefined if they approve at the provider. */
export function connectionFormOf(
  settings: BareSettings,
): ConnectionForm | undefined {
  const paths = personalSecrets(settings);
  if (paths.length === 0) return undefined;
  const read = {
    ...{ paths, terms: connectionTermsOf(settings) },
    binding: bindingOf(settings),
  };
  const version = createHash('sha256')
    .update(canonical(read))
    .digest('base64url');
  return { paths, version };
}
