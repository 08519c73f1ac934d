import { message } from 'backstage-plugin-datasource-auth-common';
import { LoadedDatasource } from '../datasources/Datasources';
import { isDoubtful, isRenewable } from '../settings/status';
import { FoundCredential } from './CredentialReader';
import { CredentialRow } from './CredentialRow';
import { TokenNeed } from './freshness';
import { PendingWork } from './PendingWork';
import { ProviderCircuit } from './ProviderCircuit';
import { Rejections } from './Rejections';
import { cooldownOf, doubtful, renewalObstacle } from './renewable';
import { TokenErrors } from './TokenErrors';

/** Decides whether a credential may be refreshed now, and says why not. It reads and writes nothing. */
export class RenewalPolicy {
  readonly #errors: TokenErrors;
  readonly #rejections: Rejections;
  readonly #circuit: ProviderCircuit;
  readonly #pending: PendingWork;

  constructor(options: {
    errors: TokenErrors;
    rejections: Rejections;
    circuit: ProviderCircuit;
    pending: PendingWork;
  }) {
    this.#errors = options.errors;
    this.#rejections = options.rejections;
    this.#circuit = options.circuit;
    this.#pending = options.pending;
  }

  /** Refuses a first token without a user, except for declared datasources: others are obtained on the page first. */
  assertMayBegin(datasource: LoadedDatasource): void {
    const { record } = datasource;
    if (record.source !== 'config' || !isRenewable(record.settings)) {
      throw this.#errors.notAuthorized(
        datasource,
        message('error.token.none', { name: datasource.record.name }),
      );
    }
  }

  /** Refuses what only a user can refresh, and what must wait. */
  assertRenewable({ datasource, row }: FoundCredential, need: TokenNeed): void {
    const ended = renewalObstacle({ datasource, row }, need);
    if (ended) throw this.#errors.notAuthorized(datasource, ended);
    if (need.person) return;
    const { rejected, route = '' } = need;
    const rest = cooldownOf(
      row,
      need,
      rejected === undefined ? 0 : this.#rejections.cooldownOf(row, route),
    );
    if (!rest) return;
    if (isDoubtful(row)) {
      throw this.#errors.notAuthorized(datasource, doubtful(datasource));
    }
    throw this.#errors.unavailable(datasource, rest.why, rest);
  }

  assertNotStopping(datasource: LoadedDatasource): void {
    if (this.#pending.isDraining) {
      throw this.#errors.unavailable(
        datasource,
        message('error.token.stopping'),
      );
    }
  }

  /** Returns how long a refresh spares a host that limits calls. Milliseconds; 0 if a caller waits for it. */
  pauseFor(host: string, need: TokenNeed): number {
    return isUnattended(need) ? this.#circuit.pause(host) : 0;
  }

  assertHostIsUp(
    { datasource, row }: FoundCredential,
    need: TokenNeed,
    host: string,
  ): void {
    const rest = need.person ? 0 : this.#circuit.wait(host);
    if (rest > 0) {
      throw this.#errors.unavailable(
        datasource,
        message('error.token.hostDown', { host }),
        { retryAt: row.readAt + rest },
      );
    }
  }

  /** Records the route for which a refresh begins. */
  begins(row: CredentialRow, need: TokenNeed): void {
    if (need.rejected !== undefined) {
      this.#rejections.renewed(row, need.route ?? '');
    }
  }
}

/** Returns whether no caller waits for it: the sweeper, or a refresh while the token is still valid. */
function isUnattended(need: TokenNeed): boolean {
  return need.newerThan !== undefined && !need.person;
}
