import { needsPerson } from '../settings/binding';
import {
  DatasourceAuthError,
  filledScopes,
  RehearsalResult,
} from 'backstage-plugin-datasource-auth-common';
import { ActivityStore } from '../activity/ActivityStore';
import {
  CredentialCopy,
  CredentialMemory,
} from '../credentials/CredentialMemory';
import { TokenBroker } from '../credentials/TokenBroker';
import { isRenewable } from '../settings/status';

/** Renews a credential under the lease, on demand, to prove that renewal works. */
export class Rehearsal {
  readonly #activity: ActivityStore;
  readonly #broker: TokenBroker;
  readonly #memory: CredentialMemory;

  constructor(options: {
    activity: ActivityStore;
    broker: TokenBroker;
    memory: CredentialMemory;
  }) {
    this.#activity = options.activity;
    this.#broker = options.broker;
    this.#memory = options.memory;
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
    const { datasource, row, payload } = copy;
    const { settings } = datasource.record;
    const rehearsedAt = Date.now();
    const { auth, instance } = settings;
    const scopes = filledScopes({ scopes: auth.scopes, instance });
    if (row?.sealed && !isRenewable(settings, row)) {
      return {
        ok: false,
        verdict: 'no_refresh_token',
        message: `No refresh token was issued: this will stop working${
          row.expiresAt === undefined
            ? ' when the token ends'
            : ` on ${new Date(row.expiresAt)
                .toISOString()
                .replace('T', ' ')
                .slice(0, 16)} UTC`
        }. Request a refresh token the way the provider documents, often with ${
          scopes.includes('offline_access')
            ? 'a parameter'
            : 'the scope offline_access or a parameter'
        }, and get a new credential.`,
        rehearsedAt,
      };
    }
    try {
      const renewed = await this.#broker.getToken(copy, {
        person: true,
        by,
        newerThan: row?.generation ?? 0,
      });
      const before = payload?.refreshToken;
      const after = renewed.payload.refreshToken;
      if (!needsPerson(settings) || !before) {
        return {
          ok: true,
          verdict: 'renewed',
          message: 'Renewal works. A new access token was issued.',
          rehearsedAt,
        };
      }
      return before === after
        ? {
            ok: true,
            verdict: 'unchanged',
            message: 'Renewal works. The refresh token is unchanged.',
            rehearsedAt,
          }
        : {
            ok: true,
            verdict: 'rotated',
            message: 'Renewal works. The provider issued a new refresh token.',
            rehearsedAt,
          };
    } catch (error) {
      if (!(error instanceof DatasourceAuthError)) throw error;
      return {
        ok: false,
        verdict: 'failed',
        message: error.message,
        diagnosis: error.diagnosis,
        rehearsedAt,
      };
    }
  }
}
