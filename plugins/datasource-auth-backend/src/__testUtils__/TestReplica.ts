import { randomUUID } from 'node:crypto';
import { mockServices } from '@backstage/backend-test-utils';
import { ConfigReader } from '@backstage/config';
import { JsonObject } from '@backstage/types';
import { apiOrigins } from 'backstage-plugin-datasource-auth-common';
import { Knex } from 'knex';
import { ActivityStore } from '../activity/ActivityStore';
import { ChangeFeed } from '../credentials/ChangeFeed';
import {
  CredentialCopy,
  CredentialMemory,
} from '../credentials/CredentialMemory';
import { placeOf } from '../credentials/CredentialReader';
import { CredentialRow, Generation } from '../credentials/CredentialRow';
import { CredentialStore } from '../credentials/CredentialStore';
import { EndedCredentials } from '../credentials/EndedCredentials';
import { DatasourceStatuses } from '../credentials/DatasourceStatuses';
import { RefreshSweeper } from '../credentials/RefreshSweeper';
import { renewalOf } from '../credentials/renewal';
import { createTokenBroker } from '../credentials/createTokenBroker';
import { SealedTokens } from '../credentials/SealedTokens';
import { Revocations } from '../revocations/Revocations';
import { Sealer } from '../sealing/Sealer';
import {
  BrokerMoment,
  TokenBroker,
  TokenNeed,
} from '../credentials/TokenBroker';
import { databaseNow } from '../database/database';
import { requestedOf } from '../settings/binding';
import { connectionTermsOf } from '../settings/connectionTerms';
import { datasourcePlace, Datasources } from '../datasources/Datasources';
import { DatasourceStore } from '../datasources/DatasourceStore';
import { DeclaredDatasources } from '../datasources/DeclaredDatasources';
import { BareSettings, serializeSecrets } from '../settings/secrets';
import { BearerFiles } from '../files/BearerFiles';
import { CredentialFiles } from '../files/CredentialFiles';
import { ProviderClient, IssuedTokens } from '../oauth/ProviderClient';
import { sealedTokens } from './sealing';
import { bareSettingsOf, contentOf } from './settings';
import { CredentialKey } from '../database/CredentialKey';

const KEYS = [{ id: 'k1', secret: 'test-secret-test-secret-test-secret' }];

const SECRETS = { 'auth.clientSecret': 'hush', 'auth.password': 'hush' };

/** A point at which exchanges wait until they are released. */
class Stop {
  readonly #lift: () => void;
  #arrived = () => {};
  #released = () => {};
  readonly arrived = new Promise<void>(resolve => {
    this.#arrived = resolve;
  });
  readonly #release = new Promise<void>(resolve => {
    this.#released = resolve;
  });

  constructor(lift: () => void) {
    this.#lift = lift;
  }

  async arrive(): Promise<void> {
    this.#lift();
    this.#arrived();
    await this.#release;
  }

  /** Releases the exchange. */
  go(): void {
    this.#lift();
    this.#released();
  }
}

/** The needs of a test's caller; it names a rejected token by its text. */
type TokenNeedByText = Omit<TokenNeed, 'rejected'> & {
  /** One that was taken before, or `access-<generation>`. */
  rejectedToken?: string;
};

/** Everything that one process has of a broker, on a database that others may share. */
export class TestReplica {
  readonly knex: Knex;
  readonly credentials: CredentialStore;
  readonly datasources: Datasources;
  readonly statuses: DatasourceStatuses;
  readonly datasourceStore: DatasourceStore;
  readonly memory: CredentialMemory;
  readonly feed: ChangeFeed;
  readonly broker: TokenBroker;
  readonly sweeper: RefreshSweeper;
  readonly declared: DeclaredDatasources;
  readonly sealer: Sealer;
  readonly tokens: SealedTokens;
  readonly logger = mockServices.logger.mock();
  #stopAt = new Map<BrokerMoment, Stop>();
  /** The generations whose tokens were taken here, by the token. */
  readonly #taken = new Map<string, Generation>();

  constructor(options: {
    knex: Knex;
    client: ProviderClient;
    leaseMilliseconds?: number;
    /** Milliseconds between two queries of the change feed. */
    pollEvery?: number;
    /** Datasources of app-config. */
    declared?: JsonObject;
    quarantined?: boolean;
    keys?: typeof KEYS;
  }) {
    const { knex, client, leaseMilliseconds } = options;
    const { logger } = this;
    this.knex = knex;
    this.sealer = Sealer.create({ keys: options.keys ?? KEYS });
    this.tokens = sealedTokens(this.sealer);
    this.declared = new DeclaredDatasources({
      config: new ConfigReader({
        datasourceAuth: { datasources: options.declared ?? {} },
      }),
    });
    this.credentials = new CredentialStore({ knex, leaseMilliseconds });
    this.datasourceStore = new DatasourceStore({ knex });
    const isQuarantined = () => options.quarantined ?? false;
    this.datasources = new Datasources({
      store: this.datasourceStore,
      declared: this.declared,
      sealer: this.sealer,
      callbackUrl: 'https://backstage.example/callback',
    });
    this.statuses = new DatasourceStatuses({
      datasources: this.datasources,
      store: this.datasourceStore,
      credentials: this.credentials,
      tokens: this.tokens,
      isQuarantined,
    });
    this.memory = new CredentialMemory({
      datasources: this.datasources,
      store: this.credentials,
      tokens: this.tokens,
    });
    this.feed = new ChangeFeed({ knex, logger, pollEvery: options.pollEvery });
    this.feed.subscribe(change => this.memory.drop(change));
    const ended = new EndedCredentials({
      ...{ store: this.credentials, tokens: this.tokens, logger },
      datasources: this.datasources,
      revocations: new Revocations({
        ...{ knex, sealer: this.sealer, client, logger, isQuarantined },
        onAbandoned: async () => {},
      }),
    });
    this.broker = createTokenBroker({
      ended,
      files: new BearerFiles({ files: new CredentialFiles() }),
      datasources: this.datasources,
      store: this.credentials,
      memory: this.memory,
      feed: this.feed,
      activity: new ActivityStore({ knex }),
      tokens: this.tokens,
      client,
      logger,
      pageUrl: 'https://backstage.example/datasource-auth',
      isQuarantined,
      callTestPath: async () => ({}),
      onChanged: async () => {},
      hold: async moment => this.#stopAt.get(moment)?.arrive(),
      leaseMilliseconds,
    });
    this.sweeper = new RefreshSweeper({
      store: this.credentials,
      broker: this.broker,
    });
  }

  /** Returns the access token, as a plugin gets it. */
  async take(
    name: string,
    need?: TokenNeedByText,
    options?: { deadline?: number },
  ): Promise<string> {
    const copy = await this.memory.get(name);
    return this.takeFrom(copy, need, options);
  }

  /** The same from a copy that was read earlier. */
  async takeFrom(
    copy: CredentialCopy,
    { rejectedToken, ...need }: TokenNeedByText = {},
    options?: { deadline?: number },
  ): Promise<string> {
    const rejected =
      rejectedToken === undefined
        ? undefined
        : this.#taken.get(rejectedToken) ?? {
            credentialId: copy.row!.credentialId,
            generation: Number(rejectedToken.split('-')[1]),
          };
    const { payload, row } = await this.broker.getToken(
      copy,
      { ...need, ...(rejected && { rejected }) },
      options,
    );
    this.#taken.set(payload.accessToken, row);
    return payload.accessToken;
  }

  /** Reports that the API accepted the current token. */
  async accept(name: string, helped?: string): Promise<void> {
    this.memory.drop((await this.memory.get(name)).key);
    const served = await this.broker.getToken(await this.memory.get(name));
    await this.broker.accepted(served, helped);
  }

  /** Holds the next exchanges at this moment. */
  stopAt(moment: BrokerMoment): Stop {
    const stop = new Stop(() => this.#stopAt.delete(moment));
    this.#stopAt.set(moment, stop);
    return stop;
  }

  /** Saves a datasource, with a credential if a response is given. */
  async save(
    answer?: IssuedTokens,
    options: {
      name?: string;
      auth?: Record<string, unknown>;
      settings?: Record<string, unknown>;
      secrets?: Record<string, string>;
    } = {},
  ): Promise<string> {
    const { name = 'crm', auth = {} } = options;
    const settings = bareSettingsOf({ name, ...options.settings }, auth);
    const id = randomUUID();
    const secrets = new Map(Object.entries(options.secrets ?? SECRETS));
    const content = contentOf(settings);
    await this.datasourceStore.insert({
      id,
      name,
      source: 'database',
      ...content,
      secretInfos: Object.fromEntries([...secrets.keys()].map(p => [p, {}])),
      sealed: this.sealer.seal(
        serializeSecrets(secrets),
        datasourcePlace(id, content.binding),
      ),
    });
    if (answer) await this.obtain(CredentialKey.service(id), settings, answer);
    return id;
  }

  /** Changes the settings, as a Save that doesn't end the credential. The secrets stay. */
  async change(
    id: string,
    options: {
      auth?: Record<string, unknown>;
      settings?: Record<string, unknown>;
    },
  ): Promise<void> {
    const { record, secrets } = (await this.datasources.findById(id))!;
    const { name, version, secretInfos } = record;
    const settings = bareSettingsOf(
      { name, ...options.settings },
      options.auth,
    );
    const content = contentOf(settings, { secretInfos });
    const place = datasourcePlace(id, content.binding);
    await this.datasourceStore.update(id, version, {
      ...{ ...content, name },
      sealed: this.sealer.seal(serializeSecrets(secrets), place),
    });
    this.memory.drop({ datasourceId: id });
  }

  /** Clears the credential, as a user does. */
  async clear(id: string): Promise<void> {
    const { binding } = (await this.datasources.findById(id))!.record;
    await this.credentials.clear(
      CredentialKey.service(id),
      { credentialId: randomUUID(), binding, reason: 'cleared' },
      this.knex,
    );
  }

  /** Replaces the credential, as Save does. */
  async obtain(
    key: CredentialKey,
    settings: BareSettings,
    answer: IssuedTokens,
  ) {
    const credentialId = randomUUID();
    const { binding } = contentOf(settings);
    await this.credentials.replace(
      key,
      {
        credentialId,
        binding,
        requested: requestedOf(settings),
        ...(key.isPersonal && {
          sealedTerms: this.tokens.sealTerms(connectionTermsOf(settings), {
            ...{ key, credentialId, binding },
          }),
        }),
        tokens: this.tokens.fromAnswer(
          answer,
          { key, credentialId, column: 'sealed', binding },
          { ...renewalOf(settings), now: Date.now() },
        ),
        apiOrigins: [...apiOrigins(settings)],
      },
      this.knex,
    );
  }

  async row(id: string): Promise<CredentialRow> {
    return (await this.credentials.read(CredentialKey.service(id)))!;
  }

  /** Decrypts a row. */
  open(row: CredentialRow, column: 'sealed' | 'sealed_spare' = 'sealed') {
    const sealed = column === 'sealed' ? row.sealed! : row.sealedSpare!;
    return this.tokens.open(sealed, placeOf(row, column));
  }

  /** Makes a credential look older, including back-off and lease: the database's clock can't be changed. */
  async age(id: string, milliseconds: number): Promise<void> {
    const columns = [
      'obtained_at',
      'expires_at',
      'refresh_due_at',
      'next_attempt_at',
      'lease_until',
    ];
    const moved = columns.map(column => [
      column,
      this.knex.raw('?? - ?', [column, milliseconds]),
    ]);
    await this.knex('credentials')
      .where({ datasource_id: id })
      .update({
        ...Object.fromEntries(moved),
        changed_at: databaseNow(this.knex),
      });
    this.memory.drop({ datasourceId: id });
  }

  /** Ends the lease on a row at once. */
  async endLease(id: string): Promise<void> {
    await this.knex('credentials')
      .where({ datasource_id: id })
      .update({ lease_until: 1 });
  }
}
