/** The subject of a credential that all plugins share. */
export const SERVICE = 'service';

/**
 * The key of a credential: its datasource, and its subject. Rows, leases, running refreshes and everything in memory
 * are found by it, so that a token for one subject is never handed out for another.
 */
export class CredentialKey {
  readonly datasourceId: string;
  readonly subject: string;
  /** The key as text, for maps. Ids contain no space. */
  readonly text: string;

  constructor(options: { datasourceId: string; subject: string }) {
    this.datasourceId = options.datasourceId;
    this.subject = options.subject;
    this.text = `${this.datasourceId} ${this.subject}`;
  }

  /** Returns the key of the credential that all plugins share. */
  static service(datasourceId: string): CredentialKey {
    return new CredentialKey({ datasourceId, subject: SERVICE });
  }
}
