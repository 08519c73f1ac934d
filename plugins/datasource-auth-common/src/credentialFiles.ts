import { z } from 'zod';
import { settingAt } from './settingAt';
import { FAULTS } from './faults';

/**
 * The name of a file in `datasourceAuth.files` or of a signer, as settings refer to it.
 *
 * @public
 */
export const fileNameSchema = z
  .string()
  .regex(/^[A-Za-z0-9][A-Za-z0-9_-]{0,62}$/, FAULTS.fileName);

/**
 * A token in a file of the backend, in place of a secret.
 *
 * @public
 */
export interface FileReference {
  /** Name of the file in `datasourceAuth.files`. */
  file: string;
}

/** Schema of {@link FileReference}. */
export const fileReferenceSchema = z.strictObject({ file: fileNameSchema });

/**
 * Returns whether a setting names a file in place of a secret.
 *
 * @public
 */
export function isFileReference(value: unknown): value is FileReference {
  return (
    typeof value === 'object' &&
    value !== null &&
    typeof (value as Partial<FileReference>).file === 'string'
  );
}

/**
 * Settings that name a proof of the installation, which works for the datasources and origins that an administrator
 * listed.
 */
const INSTALLED_PROOFS = [
  'auth.clientAssertion.file',
  'auth.bearer.file',
  'auth.clientAssertion.signer',
  'auth.assertion.signer',
];

/**
 * Returns whether settings name a proof that isn't among their secrets.
 *
 * @public
 */
export function namesInstalledProof(settings: object): boolean {
  return INSTALLED_PROOFS.some(path => settingAt(settings, path));
}
