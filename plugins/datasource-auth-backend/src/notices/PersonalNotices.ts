import { DatasourceRecord } from '../datasources/DatasourceRecord';
import { Disconnected } from '../credentials/EndedCredentials';
import { NoticeStore } from './NoticeStore';
import { Notifier } from './Notifier';
import { titleOf } from './OwnerNotices';

/** Recipients of one notification. */
const BATCH = 500;

const WHY: Record<Disconnected, string> = {
  manager:
    'Someone who manages connections disconnected it. Plugins no longer use it. You can connect it again.',
  missing:
    "You weren't in the catalog for a day. Plugins no longer use the account. You can connect it again.",
  unused:
    'No plugin used it for a long time. You can connect it again at any time.',
  settings_changed:
    'The settings of the datasource changed. Connect it again, so that plugins can use it.',
  deleted: 'The datasource was deleted. Plugins no longer use the account.',
};

/**
 * Notifies people about their own accounts, through the notifications plugin if it is installed: once per event, with a
 * link to My connections. It names neither accounts nor other people.
 */
export class PersonalNotices {
  readonly #store: NoticeStore;
  readonly #notifier: Notifier;
  readonly #pageUrl: string;

  constructor(options: {
    store: NoticeStore;
    notifier: Notifier;
    pageUrl: string;
  }) {
    this.#store = options.store;
    this.#notifier = options.notifier;
    this.#pageUrl = options.pageUrl;
  }

  /** Connections are disconnected in a week. */
  async unused(record: DatasourceRecord, user: string) {
    await this.#send(record, [user], {
      title: `Your account at ${titleOf(record)} will be disconnected`,
      description:
        'No plugin used it for a long time. It is disconnected in a week, unless a plugin uses it before. You can connect it again at any time.',
    });
  }

  /** Connections ended. The process that ended them calls it. */
  async disconnected(
    record: DatasourceRecord,
    users: string[],
    why: Disconnected,
  ) {
    for (let from = 0; from < users.length; from += BATCH) {
      await this.#send(
        record,
        users.slice(from, from + BATCH),
        {
          title: `Your account at ${titleOf(record)} was disconnected`,
          description: WHY[why],
        },
        { isDeleted: why === 'deleted' },
      );
    }
  }

  /** The provider refused a refresh; `credentialId` distinguishes occurrences. */
  async refused(record: DatasourceRecord, user: string, credentialId: string) {
    if (!(await this.#store.claim(record.id, 'reconnect', credentialId))) {
      return;
    }
    await this.#send(record, [user], {
      title: `Connect your account at ${titleOf(record)} again`,
      description:
        "The provider no longer accepts the connection, so plugins can't use it.",
    });
  }

  /** A person agreed that a plugin acts as them. If it wasn't them, they must know. */
  async delegated(
    record: DatasourceRecord,
    user: string,
    delegation: { id: string; plugin: string; until: number },
  ) {
    const day = new Date(delegation.until).toISOString().slice(0, 10);
    await this.#send(
      record,
      [user],
      {
        title: `${delegation.plugin} can act as you at ${titleOf(record)}`,
        description: `You agreed to this until ${day}. If it wasn't you, or if you change your mind, take it back.`,
      },
      { scope: `delegation:${delegation.id}` },
    );
  }

  async #send(
    record: DatasourceRecord,
    users: string[],
    notice: { title: string; description: string },
    options: { scope?: string; isDeleted?: boolean } = {},
  ) {
    // Later news about a connection replaces earlier news.
    const { scope = 'connection', isDeleted = false } = options;
    const page = `${this.#pageUrl}/connections`;
    await this.#notifier.send(
      users,
      { ...notice, severity: 'normal' },
      {
        about: 'People with an account of their own',
        link: isDeleted ? page : `${page}?datasource=${record.name}`,
        scope: `${record.id}:${scope}`,
      },
    );
  }
}
