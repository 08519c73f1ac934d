import {
  diagnosisTexts,
  LastError,
  renderDiagnosis,
} from 'backstage-plugin-datasource-auth-common';
import { waitMessage } from '../settings/timeMessages';
import { CredentialChangePublisher } from './CredentialChangePublisher';
import { ServedToken } from './CredentialReader';
import { CredentialRow } from './CredentialRow';
import { CredentialStore } from './CredentialStore';
import { REJECTED_BY_API } from './freshness';
import { Rejections } from './Rejections';

/** Records with a credential whether its API accepts its tokens. */
export class RejectionReports {
  readonly #rejections: Rejections;
  readonly #store: CredentialStore;
  readonly #news: CredentialChangePublisher;

  constructor(options: {
    rejections: Rejections;
    store: CredentialStore;
    news: CredentialChangePublisher;
  }) {
    this.#rejections = options.rejections;
    this.#store = options.store;
    this.#news = options.news;
  }

  async rejected(
    row: CredentialRow,
    route: string,
    now: number,
  ): Promise<void> {
    this.#rejections.add(row, route, now);
    if (row.lastError?.code === REJECTED_BY_API) return;
    if (!this.#rejections.areTheRule(row)) return;
    await this.#store.noteRejection(row, rejectedByApi(row, now));
    await this.#news.changed(row.key);
  }

  async accepted({ row }: ServedToken, helped?: string): Promise<void> {
    this.#rejections.accept(row, helped);
    if (row.lastError?.code !== REJECTED_BY_API) return;
    if (await this.#store.forgetRejection(row, row.lastError)) {
      await this.#news.changed(row.key);
    }
  }
}

function rejectedByApi(row: CredentialRow, now: number): LastError {
  const age = waitMessage(Math.max(0, now - (row.obtainedAt ?? now)));
  return {
    code: REJECTED_BY_API,
    ...renderDiagnosis(diagnosisTexts('freshTokensRejected', { age })),
    at: now,
    attempts: 1,
  };
}
