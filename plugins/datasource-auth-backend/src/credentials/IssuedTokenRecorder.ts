import { randomUUID } from 'node:crypto';
import { apiOrigins, message } from 'backstage-plugin-datasource-auth-common';
import { IssuedTokens } from '../oauth/ProviderClient';
import { CredentialChangePublisher } from './CredentialChangePublisher';
import { placeOf } from './CredentialReader';
import { CredentialRow } from './CredentialRow';
import { CredentialStore } from './CredentialStore';
import { EndedCredentials } from './EndedCredentials';
import { BrokerMoment, Exchange } from './Exchange';
import { RememberedTokens } from './RememberedTokens';
import { renewalOf } from './renewal';
import { SealedTokens } from './SealedTokens';
import { TokenErrors } from './TokenErrors';
import { WriteRetry } from './WriteRetry';

/** Stores a token response, even if the lease was lost (I4), but only in its own grant (I5). */
export class IssuedTokenRecorder {
  readonly #store: CredentialStore;
  readonly #tokens: SealedTokens;
  readonly #ended: EndedCredentials;
  readonly #remembered: RememberedTokens;
  readonly #writes: WriteRetry;
  readonly #news: CredentialChangePublisher;
  readonly #errors: TokenErrors;
  readonly #hold: (moment: BrokerMoment) => Promise<void>;

  constructor(options: {
    store: CredentialStore;
    tokens: SealedTokens;
    ended: EndedCredentials;
    remembered: RememberedTokens;
    writes: WriteRetry;
    news: CredentialChangePublisher;
    errors: TokenErrors;
    hold: (moment: BrokerMoment) => Promise<void>;
  }) {
    this.#store = options.store;
    this.#tokens = options.tokens;
    this.#ended = options.ended;
    this.#remembered = options.remembered;
    this.#writes = options.writes;
    this.#news = options.news;
    this.#errors = options.errors;
    this.#hold = options.hold;
  }

  /** Returns the stored row, or undefined if another one counts. */
  async record(
    exchange: Exchange,
    answer: IssuedTokens,
  ): Promise<CredentialRow | undefined> {
    const { datasource, row, previous } = exchange;
    const { settings } = datasource.record;
    const attemptId = randomUUID();
    const origins = [...apiOrigins(settings)];
    const stored = () =>
      this.#tokens.fromAnswer(answer, placeOf(row, 'sealed'), {
        ...renewalOf(settings),
        previous: previous && {
          refreshToken: previous.refreshToken,
          accessToken: exchange.isRejected ? undefined : previous.accessToken,
          lifetime: row.expiresAt && row.expiresAt - row.readAt,
          scope: row.scope,
          account: row.account,
          refreshLifetime:
            row.refreshExpiresAt && row.refreshExpiresAt - row.readAt,
        },
        now: Date.now(),
      });
    this.#remembered.remember(row, attemptId, stored, origins);

    await this.#hold('commit');
    const committed = await this.#writes.run(async () => {
      const kept = await this.#store.storeTokens(
        row,
        attemptId,
        stored(),
        origins,
      );
      if (kept) return kept;
      const current = await this.#store.read(row.key);
      // The reply to a COMMIT was lost: the row already has this attempt.
      if (current?.attemptId === attemptId) return current;
      if (row.key.isPersonal && (!current || current.state === 'cleared')) {
        await this.#ended.late(datasource, row.key, answer);
      }
      if (!current) return 'deleted';
      return current.credentialId === row.credentialId ? 'second' : 'foreign';
    });
    await this.#hold('committed');
    if (typeof committed === 'object' && answer.answer) {
      await this.#news.changed(row.key);
      return committed;
    }
    if (typeof committed === 'object') {
      this.#news.renewed(
        row.key,
        {
          rotated:
            previous?.refreshToken !== undefined &&
            answer.refreshToken !== undefined &&
            answer.refreshToken !== previous.refreshToken,
          expiresAt: answer.expiresAt ?? null,
        },
        exchange.by,
      );
      return committed;
    }
    this.#remembered.forget(row.key);
    // Drop these tokens (I5): the credential was cleared, replaced or requested again in the meantime.
    if (committed === 'foreign') return undefined;
    if (committed === 'deleted') {
      throw this.#errors.notAuthorized(
        datasource,
        message('error.token.deleted', { name: datasource.record.name }),
      );
    }
    // Another process stored a response for the same grant. Theirs counts; keep ours in case theirs is refused.
    const spare = this.#tokens.seal(
      {
        accessToken: answer.accessToken,
        refreshToken: answer.refreshToken ?? previous?.refreshToken,
        answer: answer.answer,
        tokenType: answer.tokenType,
        dpopKey: answer.dpopKey,
        kept: answer.kept,
        apiOrigins: origins,
      },
      placeOf(row, 'sealed_spare'),
    );
    await this.#writes.run(() =>
      this.#store.storeSpare(row.key, row.credentialId, spare),
    );
    return undefined;
  }
}
