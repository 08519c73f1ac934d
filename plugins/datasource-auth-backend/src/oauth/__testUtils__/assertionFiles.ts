import { CredentialFiles } from '../../files/CredentialFiles';

/** Has an assertion under each name, for each use. */
export const ASSERTION_FILES = {
  read: async () => ({ text: 'assertion' }),
} as unknown as CredentialFiles;
