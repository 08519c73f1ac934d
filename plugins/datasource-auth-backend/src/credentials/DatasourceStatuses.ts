import {
  DatasourceState,
  DatasourceStatus,
  hasServiceCredential,
} from 'backstage-plugin-datasource-auth-common';
import { UnreadableError } from '../sealing/Sealer';
import { CredentialKey, SERVICE } from '../database/CredentialKey';
import { CredentialRow } from './CredentialRow';
import { CredentialStore } from './CredentialStore';
import { SealedTokens } from './SealedTokens';
import { needsPerson } from '../settings/binding';
import { coversOrigins } from '../settings/origins';
import { BareSettings } from '../settings/secrets';
import {
  Datasources,
  LoadedDatasource,
  secretPaths,
} from '../datasources/Datasources';
import { DatasourceRecord } from '../datasources/DatasourceRecord';
import { DatasourceStore } from '../datasources/DatasourceStore';
import { attentionRank, stateOf, statusOf } from '../settings/status';

/** A datasource whose state changed. */
export interface StateChange {
  record: DatasourceRecord;
  from: DatasourceState;
  status: DatasourceStatus;
  /** The grant that it is about. */
  credentialId?: string;
}

/** Computes the status of datasources from their credentials, and keeps the rank by which lists are sorted. */
export class DatasourceStatuses {
  readonly #datasources: Datasources;
  readonly #store: DatasourceStore;
  readonly #credentials: CredentialStore;
  readonly #tokens: SealedTokens;
  readonly #isQuarantined: () => boolean;
  readonly #whoLeft: (users: string[]) => Promise<Set<string>>;
  readonly #onChanged: (change: StateChange) => Promise<void>;

  constructor(options: {
    datasources: Datasources;
    store: DatasourceStore;
    credentials: CredentialStore;
    tokens: SealedTokens;
    isQuarantined: () => boolean;
    /** Returns which of these users are no longer in the catalog. */
    whoLeft?: (users: string[]) => Promise<Set<string>>;
    /** Called once per change of state, on one of the replicas. */
    onChanged?: (change: StateChange) => Promise<void>;
  }) {
    this.#datasources = options.datasources;
    this.#store = options.store;
    this.#credentials = options.credentials;
    this.#tokens = options.tokens;
    this.#isQuarantined = options.isQuarantined;
    this.#whoLeft = options.whoLeft ?? (async () => new Set());
    this.#onChanged = options.onChanged ?? (async () => {});
  }

  async of(datasource: LoadedDatasource): Promise<DatasourceStatus> {
    const credential = await this.#credentials.read(
      CredentialKey.service(datasource.record.id),
    );
    const left = await this.#authorizersWhoLeft([credential]);
    return this.#statusOf(datasource, credential, left);
  }

  /** Returns the statuses of several datasources in their order, with two queries at most. */
  async ofMany(datasources: LoadedDatasource[]): Promise<DatasourceStatus[]> {
    const credentials = await this.#credentials.readMany(
      datasources.map(({ record }) => record.id),
      SERVICE,
    );
    const left = await this.#authorizersWhoLeft([...credentials.values()]);
    return datasources.map(datasource =>
      this.#statusOf(datasource, credentials.get(datasource.record.id), left),
    );
  }

  async #authorizersWhoLeft(credentials: Array<CredentialRow | undefined>) {
    const users = credentials.flatMap(row => row?.authorizedBy ?? []);
    return users.length > 0 ? this.#whoLeft([...new Set(users)]) : undefined;
  }

  /** Updates the attention rank of a datasource after its credential or settings changed. */
  async refreshAttention(datasourceId: string): Promise<void> {
    const datasource = await this.#datasources.findById(datasourceId);
    if (!datasource) return;
    const { record } = datasource;
    const credential = await this.#credentials.read(
      CredentialKey.service(datasourceId),
    );
    const status = this.#statusOf(datasource, credential);
    const attention = attentionRank(status.state);
    if (attention === record.attention) return;
    if (
      await this.#store.setAttention(datasourceId, attention, record.attention)
    ) {
      await this.#onChanged({
        record,
        from: stateOf(record.attention, !hasServiceCredential(record.settings)),
        status,
        credentialId: credential?.credentialId,
      });
    }
  }

  #statusOf(
    datasource: LoadedDatasource,
    stored: CredentialRow | undefined,
    left?: Set<string>,
  ): DatasourceStatus {
    const { record } = datasource;
    // An earlier shared credential is neither used nor shown.
    const credential = hasServiceCredential(record.settings)
      ? stored
      : undefined;
    return statusOf({
      settings: record.settings,
      secrets: secretPaths(datasource),
      now: credential?.readAt ?? Date.now(),
      binding: record.binding,
      quarantined: this.#isQuarantined(),
      unreadable: datasource.unreadable
        ? { missingKey: datasource.unreadable.keyId }
        : this.#unreadableToken(credential),
      credential: credential && {
        ...credential,
        hasToken: credential.sealed !== undefined,
        authorizerLeft: left?.has(credential.authorizedBy ?? ''),
        isBeingRequested: wasEmptied(record.settings, credential),
        originsCovered: coversOrigins(record.settings, credential),
      },
    });
  }

  #unreadableToken(
    credential?: CredentialRow,
  ): { missingKey?: string } | undefined {
    if (!credential?.sealed) return undefined;
    try {
      this.#tokens.openRow(credential, credential.sealed);
      return undefined;
    } catch (error) {
      return error instanceof UnreadableError
        ? { missingKey: error.keyId }
        : {};
    }
  }
}

/** Returns whether the row was emptied for changed settings, for which a token is requested at once. */
function wasEmptied(
  settings: BareSettings,
  { state, sealed, refreshDueAt }: CredentialRow,
): boolean {
  return (
    !needsPerson(settings) &&
    state === 'live' &&
    sealed === undefined &&
    refreshDueAt !== undefined
  );
}
