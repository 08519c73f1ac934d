import { randomUUID } from 'node:crypto';
import { LoadedDatasource } from '../datasources/Datasources';
import { CredentialKey } from '../database/CredentialKey';
import { CredentialReader, FoundCredential } from './CredentialReader';
import { CredentialRow } from './CredentialRow';
import { CredentialStore } from './CredentialStore';
import { BrokerMoment } from './Exchange';
import { TokenNeed } from './freshness';
import { startStopwatch } from './LeaseTimes';
import { ProviderCircuit } from './ProviderCircuit';
import { hostOfProvider, prolongsAccessToken } from './renewal';
import { RenewalPolicy } from './RenewalPolicy';
import { SpareTokens } from './SpareTokens';
import { purposeOf, restBeforeStartingOver, startsOver } from './startingOver';
import { TokenExchange } from './TokenExchange';

/** The result of an attempt. With neither field, the row must be read again. */
export interface AttemptResult {
  stored?: CredentialRow;
  /** When to read the row again: when it changed, as it is another process's turn, or also after these milliseconds. */
  wait?: 'change' | number;
}

/**
 * Attempts once to refresh a credential as it was read: with its spare, or under a lease that commits the intent (I1,
 * I2).
 */
export class RenewalAttempt {
  readonly #store: CredentialStore;
  readonly #reader: CredentialReader;
  readonly #policy: RenewalPolicy;
  readonly #spares: SpareTokens;
  readonly #circuit: ProviderCircuit;
  readonly #exchange: TokenExchange;
  readonly #hold: (moment: BrokerMoment) => Promise<void>;
  readonly #owner = randomUUID();

  constructor(options: {
    store: CredentialStore;
    reader: CredentialReader;
    policy: RenewalPolicy;
    spares: SpareTokens;
    circuit: ProviderCircuit;
    exchange: TokenExchange;
    hold: (moment: BrokerMoment) => Promise<void>;
  }) {
    this.#store = options.store;
    this.#reader = options.reader;
    this.#policy = options.policy;
    this.#spares = options.spares;
    this.#circuit = options.circuit;
    this.#exchange = options.exchange;
    this.#hold = options.hold;
  }

  /** Inserts a first row, for a first token without a user. */
  async begin(key: CredentialKey, datasource: LoadedDatasource): Promise<void> {
    this.#policy.assertMayBegin(datasource);
    await this.#store.insertEmpty(key, {
      credentialId: randomUUID(),
      ...purposeOf({ datasource }),
    });
  }

  async run(
    found: FoundCredential,
    need: TokenNeed,
    mayStartAgain: () => boolean,
  ): Promise<AttemptResult> {
    const { datasource, row } = found;
    if (startsOver(found)) {
      const rest = restBeforeStartingOver(found);
      return rest > 0 || !(await this.#store.startOver(row, purposeOf(found)))
        ? { wait: rest || 'change' }
        : {};
    }
    if (await this.#spares.promoteRefused(found)) return {};
    this.#policy.assertRenewable(found, need);
    const previous = row.sealed ? this.#reader.open(found) : undefined;
    this.#policy.assertNotStopping(datasource);

    const host = hostOfProvider(datasource);
    const pause = this.#policy.pauseFor(host, need);
    if (pause > 0) return { wait: pause };
    this.#policy.assertHostIsUp(found, need, host);
    // Measured before the statement: the lease runs from when the database writes it.
    const elapsed = startStopwatch();
    const lease = await this.#store.leases
      .take(row, this.#owner) // I1, I2
      .catch(error => {
        this.#circuit.cancel(host);
        throw error;
      });
    if (!lease) {
      this.#circuit.cancel(host);
      return { wait: 'change' };
    }
    this.#policy.begins(row, need);
    await this.#hold('intent');
    const stored = await this.#exchange.run({
      ...{ datasource, row, lease, host, previous, elapsed, mayStartAgain },
      prolongs: prolongsAccessToken(datasource.record.settings, row, need),
      isRejected: need.rejected !== undefined,
      sent: false,
      by: need.by,
    });
    return { stored };
  }
}
