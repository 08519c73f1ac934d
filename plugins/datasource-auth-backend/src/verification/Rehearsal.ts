import { needsPerson } from '../settings/binding';
import {
  DatasourceAuthError,
  filledScopes,
  isFromSettings,
  message,
  Message,
  RehearsalResult,
  renderMessages,
} from 'backstage-plugin-datasource-auth-common';
import { ActivityStore } from '../activity/ActivityStore';
import {
  CredentialCopy,
  CredentialMemory,
} from '../credentials/CredentialMemory';
import { CredentialRow } from '../credentials/CredentialRow';
import { SealedTokens } from '../credentials/SealedTokens';
import { TokenBroker } from '../credentials/TokenBroker';
import { isRenewable } from '../settings/status';
import { oauthOf } from '../settings/oauthOf';

/** Refreshes a credential under the lease, on demand, to prove that it works. */
export class Rehearsal {
  readonly #activity: ActivityStore;
  readonly #broker: TokenBroker;
  readonly #memory: CredentialMemory;
  readonly #tokens: SealedTokens;

  constructor(options: {
    activity: ActivityStore;
    broker: TokenBroker;
    memory: CredentialMemory;
    sealedTokens: SealedTokens;
  }) {
    this.#activity = options.activity;
    this.#broker = options.broker;
    this.#memory = options.memory;
    this.#tokens = options.sealedTokens;
  }

  /** @param by - user entity ref or external subject */
  async run(name: string, by: string): Promise<RehearsalResult> {
    const copy = await this.#memory.get(name);
    const result = await this.#rehearse(copy, by);
    await this.#activity.record(copy.datasource.record.id, {
      kind: 'rehearsed',
      actor: by,
      details: { verdict: result.verdict },
    });
    return result;
  }

  async #rehearse(copy: CredentialCopy, by: string): Promise<RehearsalResult> {
    const { datasource, row } = copy;
    const { settings } = datasource.record;
    const rehearsedAt = Date.now();
    if (isFromSettings(settings.auth)) {
      return {
        ...{ ok: true, verdict: 'unchanged', rehearsedAt },
        ...textOf(message('verification.nothingToRefresh')),
      };
    }
    const { scopes: raw } = oauthOf(settings);
    const scopes = filledScopes({ scopes: raw, instance: settings.instance });
    if (row?.sealed && !isRenewable(settings, row)) {
      return {
        ok: false,
        verdict: 'no_refresh_token',
        ...textOf(
          row.expiresAt === undefined
            ? message('verification.noRefreshToken')
            : message('verification.noRefreshTokenUntil', {
                time: `${new Date(row.expiresAt)
                  .toISOString()
                  .replace('T', ' ')
                  .slice(0, 16)} UTC`,
              }),
          message(
            scopes.includes('offline_access')
              ? 'verification.requestByParameter'
              : 'verification.requestOfflineAccess',
          ),
        ),
        rehearsedAt,
      };
    }
    try {
      const renewed = await this.#broker.getToken(copy, {
        person: true,
        by,
        newerThan: row?.generation ?? 0,
      });
      const before = needsPerson(settings) && this.#refreshTokenOf(row);
      if (!before) {
        return {
          ok: true,
          verdict: 'renewed',
          ...textOf(message('verification.renewed')),
          rehearsedAt,
        };
      }
      return before === this.#refreshTokenOf(renewed.row)
        ? {
            ok: true,
            verdict: 'unchanged',
            ...textOf(message('verification.unchanged')),
            rehearsedAt,
          }
        : {
            ok: true,
            verdict: 'rotated',
            ...textOf(message('verification.rotated')),
            rehearsedAt,
          };
    } catch (error) {
      if (!(error instanceof DatasourceAuthError)) throw error;
      return {
        ok: false,
        verdict: 'failed',
        message: error.message,
        // The diagnosis says more, and can be translated.
        ...(error.diagnosis && textOf(message('verification.refreshFailed'))),
        diagnosis: error.diagnosis,
        rehearsedAt,
      };
    }
  }

  #refreshTokenOf(row?: CredentialRow): string | undefined {
    return row?.sealed && this.#tokens.openRow(row, row.sealed).refreshToken;
  }
}

function textOf(
  ...texts: Message[]
): Pick<RehearsalResult, 'message' | 'texts'> {
  return { message: renderMessages(texts), texts };
}
