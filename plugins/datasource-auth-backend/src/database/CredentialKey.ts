/** Whose credential it is that all plugins share. */
export const SERVICE = 'service';

/**
 * The one key of a credential: its datasource, and whose it is. Rows, leases, renewals under way and everything in memory
 * are found by it, so that what was obtained for one subject is never handed out for another.
 */
export class CredentialKey {
  readonly datasourceId: string;
  readonly subject: string;
  /** The same as one text, for maps. Ids hold no space. */
  readonly text: string;

  constructor(options: { datasourceId: string; subject: string }) {
    this.datasourceId = options.datasourceId;
    this.subject = options.subject;
    this.text = `${this.datasourceId} ${this.subject}`;
  }

  /** The credential that all plugins share. */
  static service(datasourceId: string): CredentialKey {
    return new CredentialKey({ datasourceId, subject: SERVICE });
  }
}
