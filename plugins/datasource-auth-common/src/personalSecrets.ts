import { Fault, fault } from './faults';
import { KindSettings, personalOfKind } from './kinds/descriptors';
import { CONTROL } from './plainText';
import { hasPersonalCredentials, SubjectsSettings } from './subjects';
import { templateExpressions } from './templates';

const LONGEST = 20_000;

/**
 * Returns the paths of what each person enters to connect their account, in the order of the page. Empty if people don't
 * connect, or approve at the provider.
 *
 * @public
 */
export function personalSecrets({
  auth,
  subjects,
}: SubjectsSettings & { auth: KindSettings }): string[] {
  return hasPersonalCredentials({ subjects })
    ? personalOfKind(auth, subjects === 'user')
    : [];
}

/**
 * Returns what is wrong with a value that a person entered. It is sent as it is: a template in it would add a secret of
 * the datasource.
 *
 * @public
 */
export function personalSecretFault(
  path: string,
  value: string,
): Fault | undefined {
  const isUsername = path === 'auth.basic.username';
  if (value === '' && !isUsername) return fault('fault.personalEmpty');
  if (value.length > LONGEST || CONTROL.test(value)) {
    return fault('fault.secretOneLine');
  }
  if (isUsername && value.includes(':')) return fault('fault.basicUsername');
  const isHeader = path === 'auth.bearer' || path.startsWith('auth.headers.');
  if (isHeader && /[^\x20-\x7e]/.test(value)) {
    return fault('fault.secretCharacters');
  }
  if (templateExpressions(value).length > 0) {
    return fault('fault.personalTemplate');
  }
  return undefined;
}
