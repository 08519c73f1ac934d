import { DatasourceRecord } from '../datasources/DatasourceRecord';
import {
  isFromSettings,
  StatusReason,
} from 'backstage-plugin-datasource-auth-common';
import { AbandonedRevocations } from '../revocations/Revocations';
import { ExpiringSecret } from '../kinds/KindOnTheWire';
import { NoticeKind, NoticeStore } from './NoticeStore';
import { Notice, Notifier } from './Notifier';

/**
 * Notifies the owner of a datasource when a user is needed, through the notifications plugin if it is installed: once
 * per event, and again when a reported outage ends. Managers get the notices of a datasource without an owner.
 */
export class OwnerNotices {
  readonly #store: NoticeStore;
  readonly #notifier: Notifier;
  readonly #pageUrl: string;
  readonly #managers: string[];

  constructor(options: {
    store: NoticeStore;
    notifier: Notifier;
    pageUrl: string;
    /** Entity refs that are notified if a datasource has no owner. */
    managers: string[];
  }) {
    this.#store = options.store;
    this.#notifier = options.notifier;
    this.#pageUrl = options.pageUrl;
    this.#managers = options.managers;
  }

  /** The provider revoked the credential; `credentialId` distinguishes occurrences. */
  async refused(record: DatasourceRecord, credentialId: string) {
    await this.#tellOnce(record, 'refused', credentialId, {
      title: `${titleOf(record)} must be authorized again`,
      description:
        'The provider no longer accepts the stored credential. Get a new one.',
      severity: 'high',
    });
  }

  /** The provider refused the refresh token twice with a code of its own. */
  async doubtful(record: DatasourceRecord, credentialId: string) {
    await this.#tellOnce(record, 'doubtful', credentialId, {
      title: `${titleOf(record)} may have to be authorized again`,
      description:
        'The provider may no longer accept the stored credential: it refused to refresh it. Get a new credential. Until then, Backstage retries once a day.',
      severity: 'high',
    });
  }

  /** The doubts about a credential were unfounded: later ones cause a notification again. */
  async trusted(record: DatasourceRecord) {
    await this.#store.withdraw(record.id, 'doubtful');
  }

  /** The token ended, and there is nothing to refresh it with. */
  async expired(record: DatasourceRecord, credentialId: string) {
    await this.#tellOnce(record, 'expired', credentialId, {
      title: `${titleOf(record)} must be authorized again`,
      description: isFromSettings(record.settings.auth)
        ? 'Its secret has expired. Enter a new one.'
        : 'The token expired, and the provider issued no refresh token. Get a new credential, and request offline access so that Backstage can refresh it.',
      severity: 'high',
    });
  }

  /** The user who authorized it left the catalog. Their account at the provider may end. */
  async authorizerLeft(record: DatasourceRecord, credentialId: string) {
    await this.#tellOnce(record, 'authorizer_left', credentialId, {
      title: `${titleOf(record)} was authorized by someone who has left`,
      description:
        'It works until the provider ends their account. Hand it over before that: authorize it with another account.',
      severity: 'normal',
    });
  }

  /** A secret, key, or certificate expires soon. */
  async secretExpires(
    record: DatasourceRecord,
    { name, on, consequence }: ExpiringSecret,
    days: number,
  ) {
    const date = on.slice(0, 10);
    await this.#tellOnce(record, 'client_secret', `${on}/${days}`, {
      title: `The ${name} of ${titleOf(record)} expires on ${date}`,
      description: `Create a new one at the provider and enter it before that date. ${consequence}`,
      severity: days <= 3 ? 'high' : 'normal',
    });
  }

  /** Refreshes fail again and again. */
  async outage(record: DatasourceRecord, reason?: StatusReason) {
    if (reason === 'cannot_sign') {
      await this.#tellOnce(record, 'outage', 'open', {
        title: `The JWT of ${titleOf(record)} can't be signed`,
        description: 'Correct the assertion settings. The page says more.',
        severity: 'high',
      });
      return;
    }
    if (isFromSettings(record.settings.auth)) {
      await this.#tellOnce(record, 'outage', 'open', {
        title: `The API rejects the secret of ${titleOf(record)}`,
        description:
          'Create a new one at the API and enter it. The page says more.',
        severity: 'high',
      });
      return;
    }
    await this.#tellOnce(record, 'outage', 'open', {
      title: `The token of ${titleOf(record)} can't be refreshed`,
      description:
        'Several attempts failed, or the token has expired. See the datasource for the reason and what to do.',
      severity: 'high',
    });
  }

  /** Refreshes work again. Sent only to owners who were notified of the outage. */
  async recovered(record: DatasourceRecord) {
    if (!(await this.#store.withdraw(record.id, 'outage'))) return;
    await this.#send(record, 'recovered', {
      title: `${titleOf(record)} works again`,
      description: isFromSettings(record.settings.auth)
        ? 'The API accepts its secret again.'
        : 'Its token is refreshed again.',
      severity: 'low',
    });
  }

  /**
   * Tokens stay valid at the provider, although their credentials ended.
   *
   * @param record - missing if the datasource was deleted
   */
  async notRevoked(
    { datasourceId, name, count }: AbandonedRevocations,
    record: DatasourceRecord | undefined,
  ) {
    const owner = record?.settings.owner;
    await this.#notifier.send(
      owner ? [owner] : this.#managers,
      {
        title: `Tokens of ${record ? titleOf(record) : name} were not revoked`,
        description: `The provider did not confirm the revocation of ${count} ended credentials within a week. Revoke them at the provider.`,
        severity: 'high',
      },
      {
        about: `The owner of datasource '${name}'`,
        link: record ? `${this.#pageUrl}/${record.name}` : this.#pageUrl,
        scope: `${datasourceId}:not_revoked`,
      },
    );
  }

  async #tellOnce(
    record: DatasourceRecord,
    kind: NoticeKind,
    occasion: string,
    notice: Notice,
  ) {
    if (await this.#store.claim(record.id, kind, occasion)) {
      await this.#send(record, kind, notice);
    }
  }

  async #send(record: DatasourceRecord, kind: NoticeKind, notice: Notice) {
    const { owner } = record.settings;
    await this.#notifier.send(owner ? [owner] : this.#managers, notice, {
      about: `The owner of datasource '${record.name}'`,
      link: `${this.#pageUrl}/${record.name}`,
      // The end of an outage replaces the notification of its start.
      scope: `${record.id}:${kind === 'recovered' ? 'outage' : kind}`,
    });
  }
}

/** Returns the display name of a datasource. */
export function titleOf(record: DatasourceRecord): string {
  return record.settings.title || record.name;
}
