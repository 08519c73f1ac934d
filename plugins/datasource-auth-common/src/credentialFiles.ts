import { z } from 'zod';
import { settingAt } from './settingAt';

/**
 * The name of a file in `datasourceAuth.files`, as settings refer to it.
 */
export const fileNameSchema = z
  .string()
  .regex(
    /^[A-Za-z0-9][A-Za-z0-9_-]{0,62}$/,
    'Enter the name of a file in datasourceAuth.files: letters, digits, dashes, and underscores',
  );

/**
 * Settings that name a proof of the installation, which works for the datasources and origins that an administrator
 * listed.
 */
const INSTALLED_PROOFS = ['auth.clientAssertion.file', 'auth.bearer.file'];

/**
 * Returns whether settings name a proof that isn't among their secrets.
 *
 * @public
 */
export function namesInstalledProof(settings: object): boolean {
  return INSTALLED_PROOFS.some(path => settingAt(settings, path));
}
