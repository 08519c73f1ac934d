import { LoggerService } from '@backstage/backend-plugin-api';
import { CredentialRow } from '../credentials/CredentialRow';
import { CredentialStore } from '../credentials/CredentialStore';
import { Datasources, LoadedDatasource } from '../datasources/Datasources';
import { NoticeStore } from './NoticeStore';
import { PersonalNotices } from './PersonalNotices';

const DAY = 24 * 60 * 60_000;
/** How long before the end people are notified. Milliseconds. */
const NOTICE = 7 * DAY;
/** By how much daily runs vary. Milliseconds. */
const TOLERANCE = DAY / 24;
const PAGE = 200;

/**
 * Ends connections that nobody used for long. Each person is notified a week before, or the end waits for a week. A
 * connection that fails, or that its person ends meanwhile, doesn't stop the others.
 */
export class UnusedConnections {
  readonly #credentials: CredentialStore;
  readonly #datasources: Datasources;
  readonly #sent: NoticeStore;
  readonly #notices: PersonalNotices;
  readonly #logger: LoggerService;
  readonly #unusedAfter: number;
  readonly #end: (
    datasource: LoadedDatasource,
    row: CredentialRow,
  ) => Promise<void>;

  constructor(options: {
    credentials: CredentialStore;
    datasources: Datasources;
    sent: NoticeStore;
    notices: PersonalNotices;
    logger: LoggerService;
    /** Milliseconds. */
    unusedAfter: number;
    /** Ends a connection that is still the same, and revokes its tokens. */
    end: (datasource: LoadedDatasource, row: CredentialRow) => Promise<void>;
  }) {
    this.#credentials = options.credentials;
    this.#datasources = options.datasources;
    this.#sent = options.sent;
    this.#notices = options.notices;
    this.#logger = options.logger;
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
        await this.#check(row).catch(error =>
          this.#logger.warn(
            `Couldn't check whether a connection is unused. It is checked again in a day: ${
              error instanceof Error ? error.name : 'unknown error'
            }`,
          ),
        );
      }
      after = rows.length === PAGE ? rows.at(-1) : undefined;
    } while (after);
  }

  async #check(row: CredentialRow) {
    const datasource = await this.#datasources.findById(row.key.datasourceId);
    if (!datasource) return;
    const { record } = datasource;
    const usedAt = row.lastUsedAt ?? row.stateChangedAt ?? row.readAt;
    const occasion = `${row.credentialId}/${usedAt}`;
    const noticedAt = await this.#sent.sentAt(record.id, 'unused', occasion);
    if (noticedAt === undefined) {
      if (await this.#sent.claim(record.id, 'unused', occasion)) {
        await this.#notices.unused(record, row.key.subject);
      }
      return;
    }
    const isOver =
      row.readAt - usedAt >= this.#unusedAfter &&
      row.readAt - noticedAt >= NOTICE - TOLERANCE;
    if (isOver) await this.#end(datasource, row);
  }
}
