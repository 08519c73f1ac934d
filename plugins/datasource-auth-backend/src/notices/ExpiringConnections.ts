import { personalSecrets } from 'backstage-plugin-datasource-auth-common';
import { CredentialRow } from '../credentials/CredentialRow';
import { CredentialStore } from '../credentials/CredentialStore';
import { Datasources } from '../datasources/Datasources';
import { DatasourceRecord } from '../datasources/DatasourceRecord';
import { NoticeStore } from './NoticeStore';
import { Notifier } from './Notifier';
import { titleOf } from './OwnerNotices';

/** How long before the end people are notified. Milliseconds. */
const NOTICE = 7 * 24 * 60 * 60_000;
const PAGE = 200;

/** Notifies people a week before a token that they entered expires. */
export class ExpiringConnections {
  readonly #credentials: CredentialStore;
  readonly #datasources: Datasources;
  readonly #notices: NoticeStore;
  readonly #notifier: Notifier;
  readonly #pageUrl: string;

  constructor(options: {
    credentials: CredentialStore;
    datasources: Datasources;
    notices: NoticeStore;
    notifier: Notifier;
    pageUrl: string;
  }) {
    this.#credentials = options.credentials;
    this.#datasources = options.datasources;
    this.#notices = options.notices;
    this.#notifier = options.notifier;
    this.#pageUrl = options.pageUrl;
  }

  /** Checks all connections once. */
  async run(signal?: AbortSignal): Promise<void> {
    let after: CredentialRow | undefined;
    do {
      const rows = await this.#credentials.listExpiring(NOTICE, {
        limit: PAGE,
        after: after?.key,
      });
      for (const row of rows) {
        if (signal?.aborted) return;
        const { datasourceId } = row.key;
        const found = await this.#datasources.findById(datasourceId);
        // Tokens of a provider expire all the time.
        if (!found || personalSecrets(found.record.settings).length === 0) {
          continue;
        }
        const occasion = `${row.credentialId}/${row.expiresAt}`;
        if (await this.#notices.claim(datasourceId, 'own_token', occasion)) {
          await this.#notify(found.record, row);
        }
      }
      after = rows.length === PAGE ? rows.at(-1) : undefined;
    } while (after);
  }

  async #notify(record: DatasourceRecord, { key, expiresAt }: CredentialRow) {
    // The token is valid until the end of the day before.
    const day = new Date(expiresAt! - 1).toISOString().slice(0, 10);
    await this.#notifier.send(
      [key.subject],
      {
        title: `Your token for ${titleOf(record)} expires on ${day}`,
        description:
          'Create a new one there, and enter it in My connections before that date. Otherwise plugins can no longer act as you.',
        severity: 'normal',
      },
      {
        about: 'The user of an expiring token',
        link: `${this.#pageUrl}/connections?datasource=${record.name}`,
        scope: `${record.id}:own_token`,
      },
    );
  }
}
