import { CredentialRow } from '../credentials/CredentialRow';
import { CredentialStore } from '../credentials/CredentialStore';
import { Datasources, LoadedDatasource } from '../datasources/Datasources';
import { NoticeStore } from './NoticeStore';
import { Notifier } from './Notifier';
import { titleOf } from './OwnerNotices';

const DAY = 24 * 60 * 60_000;
/** How long before the end people are notified. Milliseconds. */
const NOTICE = 7 * DAY;
/** By how much daily runs vary. Milliseconds. */
const TOLERANCE = DAY / 24;
const PAGE = 200;

/** Ends connections that nobody used for long. Each person is notified a week before, or the end waits for a week. */
export class UnusedConnections {
  readonly #credentials: CredentialStore;
  readonly #datasources: Datasources;
  readonly #notices: NoticeStore;
  readonly #notifier: Notifier;
  readonly #pageUrl: string;
  readonly #unusedAfter: number;
  readonly #end: (
    datasource: LoadedDatasource,
    row: CredentialRow,
  ) => Promise<void>;

  constructor(options: {
    credentials: CredentialStore;
    datasources: Datasources;
    notices: NoticeStore;
    notifier: Notifier;
    pageUrl: string;
    /** Milliseconds. */
    unusedAfter: number;
    /** Ends a connection, and revokes its tokens. */
    end: (datasource: LoadedDatasource, row: CredentialRow) => Promise<void>;
  }) {
    this.#credentials = options.credentials;
    this.#datasources = options.datasources;
    this.#notices = options.notices;
    this.#notifier = options.notifier;
    this.#pageUrl = options.pageUrl;
    this.#unusedAfter = options.unusedAfter;
    this.#end = options.end;
  }

  /** Checks all connections once. */
  async run(signal?: AbortSignal): Promise<void> {
    let after: CredentialRow | undefined;
    do {
      const rows = await this.#credentials.listUnused(
        this.#unusedAfter - NOTICE,
        { limit: PAGE, after: after?.key },
      );
      for (const row of rows) {
        if (signal?.aborted) return;
        const datasource = await this.#datasources.findById(
          row.key.datasourceId,
        );
        if (datasource) await this.#check(datasource, row);
      }
      after = rows.length === PAGE ? rows.at(-1) : undefined;
    } while (after);
  }

  async #check(datasource: LoadedDatasource, row: CredentialRow) {
    const { record } = datasource;
    const usedAt = row.lastUsedAt ?? row.stateChangedAt ?? row.readAt;
    const occasion = `${row.credentialId}/${usedAt}`;
    const noticedAt = await this.#notices.sentAt(record.id, 'unused', occasion);
    if (noticedAt === undefined) {
      if (await this.#notices.claim(record.id, 'unused', occasion)) {
        await this.#notify(datasource, row);
      }
      return;
    }
    const isOver =
      row.readAt - usedAt >= this.#unusedAfter &&
      row.readAt - noticedAt >= NOTICE - TOLERANCE;
    if (isOver) await this.#end(datasource, row);
  }

  async #notify({ record }: LoadedDatasource, { key }: CredentialRow) {
    await this.#notifier.send(
      [key.subject],
      {
        title: `Your account at ${titleOf(record)} will be disconnected`,
        description:
          'No plugin used it for a long time. It is disconnected in a week, unless a plugin uses it before. You can connect it again at any time.',
        severity: 'normal',
      },
      {
        about: 'The user of an unused connection',
        link: `${this.#pageUrl}/connections?datasource=${record.name}`,
        scope: `${record.id}:unused`,
      },
    );
  }
}
