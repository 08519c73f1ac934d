/** What a file may be used for. */
export type FilePurpose = 'client_assertion' | 'bearer';

/** A file with a proof or token that another system issues and renews, such as Kubernetes. */
export interface CredentialFile {
  name: string;
  path: string;
  for: FilePurpose;
  /** Where its content may be sent. */
  origins: readonly string[];
  /** Names of the datasources that may send it. */
  datasources: readonly string[];
}
