import { createHash, randomBytes } from 'node:crypto';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { JsonObject } from '@backstage/types';
import { oauth2Settings } from 'backstage-plugin-datasource-auth-common';
import {
  createDemoProvider,
  demoClients,
  DemoProvider,
  tokenHash,
} from 'demo-provider';
import createKnex, { Knex } from 'knex';
import { TestReplica } from '../../__testUtils__/TestReplica';
import { ProviderClient, IssuedTokens } from '../../oauth/ProviderClient';
import { CredentialKey, SERVICE } from '../../database/CredentialKey';
import { accountOf, accounts, peopleByAccount } from './accounts';
import { DatabaseProxy } from './DatabaseProxy';
import { EmptyDatabase } from './EmptyDatabase';
import { ProxiedCall, ProviderProxy, REVOKE } from './ProviderProxy';
import { Replica } from './Replica';
import { UserCatalog } from './UserCatalog';

/** Short enough that a test can wait for a lease to expire, long enough for a busy machine. */
export const LEASE = 4_000;

const HOUR = 3_600_000;
const WEB = demoClients()[0];
const BASIC = `Basic ${Buffer.from(`${WEB.id}:${WEB.secret}`).toString(
  'base64',
)}`;
const CALLBACK = WEB.redirectUris![0];
/** Clock differences of replicas: all tests run with them. Milliseconds. */
const CLOCK_SHIFTS = [0, 30_000, -30_000, 0];

/** A credential of the demo provider, and its saved datasource. */
export interface SavedCredential {
  id: string;
  name: string;
  /** `service`, or the person whose own it is. */
  subject: string;
  /** Scopes of its token. */
  scope: string;
  /** Hashes of the tokens that were obtained. */
  refreshHash: string;
  accessHash: string;
}

/** How a response is lost after the provider has processed the request. */
export type Fault = 'hangs' | 'closes' | 'gateway';

/** Requests to the provider since a mark. */
export interface Since {
  calls: ProxiedCall[];
  /** Refresh tokens that were replaced by new ones. */
  rotations: number;
  /** Used refresh tokens that were sent again and rejected: each ends its family. */
  reuses: number;
  /** Hashes of the refresh tokens that were sent, in order. */
  presented: Array<string | undefined>;
}

/** Who may change datasources. */
export const MANAGER = 'user:default/manager';

/**
 * A whole installation: replicas on one database, each behind its own proxy, with a provider that rotates refresh
 * tokens and ends their family when a used one is sent again.
 */
export class Installation {
  readonly provider: DemoProvider;
  readonly door: ProviderProxy;
  readonly catalog: UserCatalog;
  /** Reads the database without the proxies, and stores credentials there as Save does. */
  readonly observer: TestReplica;
  readonly replicas: Replica[] = [];
  readonly proxies: DatabaseProxy[] = [];
  readonly #folder: string;
  readonly #postgres?: EmptyDatabase;
  readonly #people = peopleByAccount();
  #saved = 0;

  /**
   * @param options - `postgres` is a connection string; without it, the database is SQLite with one replica
   */
  static async start(options: {
    postgres?: string;
    replicas: number;
  }): Promise<Installation> {
    const folder = mkdtempSync(join(tmpdir(), 'datasource-auth-faults-'));
    const provider = await createDemoProvider({
      accessTokenSeconds: 3_600,
      accounts,
    });
    const door = await ProviderProxy.start(provider.url);
    const catalog = await UserCatalog.start();
    const postgres = options.postgres
      ? await EmptyDatabase.create(options.postgres)
      : undefined;
    const observed = postgres
      ? createKnex({
          client: 'pg',
          connection: postgres.url.href,
          searchPath: ['datasource-auth'],
        })
      : createKnex({
          client: 'better-sqlite3',
          connection: join(folder, 'datasource-auth.sqlite'),
          useNullAsDefault: true,
        });
    const installation = new Installation({
      ...{ folder, provider, door, catalog, postgres },
      observer: new TestReplica({
        knex: observed,
        client: {} as ProviderClient,
      }),
    });
    try {
      for (let index = 0; index < options.replicas; index += 1) {
        await installation.#add(index);
        // The first one creates the tables.
        if (index === 0) await installation.replicas[0].ready;
      }
      await Promise.all(installation.replicas.map(each => each.ready));
      await installation.restTasks();
      if (postgres) await installation.observer.feed.start();
      return installation;
    } catch (error) {
      await installation.stop();
      throw error;
    }
  }

  private constructor(
    parts: Pick<Installation, 'provider' | 'door' | 'catalog' | 'observer'> & {
      folder: string;
      postgres?: EmptyDatabase;
    },
  ) {
    this.provider = parts.provider;
    this.door = parts.door;
    this.catalog = parts.catalog;
    this.observer = parts.observer;
    this.#folder = parts.folder;
    this.#postgres = parts.postgres;
  }

  get knex(): Knex {
    return this.observer.knex;
  }

  /** Gets a credential from the provider and saves it with a new datasource. Its token has expired. */
  async expired(subject: string = SERVICE): Promise<SavedCredential> {
    const [credential] = await this.save([subject]);
    await this.expire(credential.id);
    return credential;
  }

  /** Saves a new datasource, and gets a credential for each subject. */
  async save(
    subjects: string[],
    scopes: string[] = ['read'],
  ): Promise<SavedCredential[]> {
    const name = `crm-${(this.#saved += 1)}`;
    const id = await this.observer.save(undefined, {
      name,
      settings: {
        consumers: ['faults-consumer'],
        subjects: subjects.every(each => each === SERVICE) ? SERVICE : 'both',
      },
      auth: {
        clientId: WEB.id,
        clientSecret: WEB.secret,
        scopes,
        authorize: { url: `${this.provider.url}/authorize` },
        token: { url: `${this.door.url}/token` },
        revoke: { url: `${this.door.url}${REVOKE}` },
      },
      secrets: { 'auth.clientSecret': WEB.secret },
    });
    const saved: SavedCredential[] = [];
    for (const subject of subjects) {
      saved.push(await this.connect({ id, name, subject }));
    }
    return saved;
  }

  /** Replaces a credential as its owner does: with a new grant of one of their accounts. */
  async connect(
    { id, name, subject }: Pick<SavedCredential, 'id' | 'name' | 'subject'>,
    account: string = accountOf(subject),
  ): Promise<SavedCredential> {
    const { record } = (await this.observer.datasources.findById(id))!;
    const { scopes } = oauth2Settings(record.settings.auth)!;
    const answer = await this.#obtain(account, [...scopes, 'offline_access']);
    const key = new CredentialKey({ datasourceId: id, subject });
    await this.observer.obtain(key, record.settings, answer);
    return {
      ...{ id, name, subject },
      scope: answer.scope!,
      refreshHash: tokenHash(answer.refreshToken!),
      accessHash: tokenHash(answer.accessToken),
    };
  }

  /** Makes a token and everything about its refresh older, on all replicas. */
  async expire(id: string): Promise<void> {
    await this.observer.age(id, HOUR);
    await this.observer.feed.announce({ datasourceId: id });
  }

  /** Ends one grant at the provider, which tells nobody. */
  async revokeAtProvider(credential: SavedCredential): Promise<void> {
    const { id, subject } = credential;
    const key = new CredentialKey({ datasourceId: id, subject });
    const row = (await this.observer.credentials.read(key))!;
    const answer = await fetch(`${this.provider.url}${REVOKE}`, {
      method: 'POST',
      headers: { authorization: BASIC },
      body: new URLSearchParams({
        token: this.observer.open(row).refreshToken!,
        token_type_hint: 'refresh_token',
      }),
    });
    if (!answer.ok) throw new Error(`The provider says ${answer.status}`);
  }

  /** Lets nobody take over a refresh that is held, however long it takes. */
  async keepLeases(): Promise<void> {
    await this.knex('credentials')
      .whereNotNull('lease_until')
      .increment('lease_until', HOUR);
  }

  /** Lets the next caller of each credential refresh it. */
  async endCooldowns(): Promise<void> {
    await this.knex('credentials').update({ next_attempt_at: null });
  }

  /** Returns the contents of the row: hashes of its tokens, and its state. */
  async row({ id, subject }: Pick<SavedCredential, 'id' | 'subject'>) {
    const key = new CredentialKey({ datasourceId: id, subject });
    const row = (await this.observer.credentials.read(key))!;
    const { accessToken, refreshToken } = this.observer.open(row);
    return {
      ...row,
      accessHash: tokenHash(accessToken),
      refreshHash: tokenHash(refreshToken!),
    };
  }

  /** Returns whether the API accepts a token, as that of this credential's owner and scope. */
  async works(
    accessToken: string | undefined,
    { subject, scope }: Pick<SavedCredential, 'subject' | 'scope'>,
  ): Promise<boolean> {
    const whose = await this.whose(accessToken);
    return whose?.account === accountOf(subject) && whose.scope === scope;
  }

  /** Returns the account and the scope of a token. Undefined if the API rejects it. */
  async whose(
    accessToken: string | undefined,
  ): Promise<{ account: string; scope: string } | undefined> {
    const answer = await fetch(`${this.provider.url}/api/me`, {
      headers: { authorization: `Bearer ${accessToken}` },
    });
    return answer.ok ? answer.json() : undefined;
  }

  /** Starts counting requests to the provider. */
  mark(): () => Since {
    const { rotations, reuses } = this.provider.counts;
    const calls = this.door.calls.length;
    return () => {
      const made = this.door.calls.slice(calls);
      return {
        calls: made,
        presented: made.map(call => call.presented),
        rotations: this.provider.counts.rotations - rotations,
        reuses: this.provider.counts.reuses - reuses,
      };
    };
  }

  /** Loses the provider's next response. */
  break(fault: Fault) {
    this.door.loseNext = fault;
  }

  /** Ends the connections on which replicas listen for changes. */
  async cutListeners(): Promise<void> {
    await this.knex.raw(
      `select pg_terminate_backend(pid) from pg_stat_activity
        where datname = current_database() and application_name <> 'observer' and query like 'listen %'`,
    );
  }

  /** The proxy of a replica's database. */
  proxyOf(replica: Replica): DatabaseProxy {
    return this.proxies[this.replicas.indexOf(replica)];
  }

  /**
   * Starts another replica to replace one that is gone.
   *
   * @param options - `keyId`: ID of its only encryption key, which defaults to the key of the others
   */
  async replace(
    replica: Replica,
    options: { keyId?: string } = {},
  ): Promise<Replica> {
    const index = this.replicas.indexOf(replica);
    this.proxies[index]?.close();
    return this.#add(index, options.keyId);
  }

  /** Returns everything that the replicas logged. */
  logs(): string {
    return readdirSync(this.#folder)
      .filter(name => name.endsWith('.log'))
      .map(name => readFileSync(join(this.#folder, name), 'utf8'))
      .join('\n');
  }

  /** Ends the connections of all replicas on the database's side. */
  async terminateConnections(): Promise<void> {
    await this.#postgres!.admin.raw(
      `select pg_terminate_backend(pid) from pg_stat_activity where datname = ? and application_name <> 'observer'`,
      [this.#postgres!.name],
    );
  }

  async stop(): Promise<void> {
    await this.observer.feed.stop();
    await Promise.all(this.replicas.map(each => each.kill()));
    this.proxies.forEach(proxy => proxy.close());
    await this.door.close();
    this.catalog.close();
    await this.provider.close();
    await this.knex.destroy();
    await this.#postgres?.drop();
    rmSync(this.#folder, { recursive: true, force: true });
  }

  async #add(index: number, keyId = 'k1'): Promise<Replica> {
    if (this.#postgres) {
      this.proxies[index] = await DatabaseProxy.start(this.#postgres.server);
    }
    this.replicas[index] = await Replica.start({
      name: `replica-${index + 1}`,
      folder: this.#folder,
      config: this.#config(index, keyId),
      leaseMilliseconds: LEASE,
      clockShift: this.#postgres ? CLOCK_SHIFTS[index] : 0,
    });
    return this.replicas[index];
  }

  #config(index: number, keyId: string): JsonObject {
    return {
      app: { baseUrl: 'http://localhost:3000' },
      discovery: {
        endpoints: [{ target: this.catalog.url, plugins: ['catalog'] }],
      },
      backend: { database: this.#databaseConfig(index) },
      datasourceAuth: {
        callbackUrl: CALLBACK,
        encryption: {
          keys: [{ id: keyId, secret: 'test-secret-test-secret-test-secret' }],
        },
        access: { managers: [MANAGER] },
        egress: { allow: ['localhost'], allowHttp: ['localhost'] },
        // Callers start the refreshes, except when a test runs the sweeper.
        refresh: { sweep: { every: { hours: 1 } } },
      },
    };
  }

  #databaseConfig(index: number): JsonObject {
    if (!this.#postgres) {
      return {
        client: 'better-sqlite3',
        connection: { directory: this.#folder },
      };
    }
    return this.#postgres.configFor({
      host: '127.0.0.1',
      port: this.proxies[index].port,
    });
  }

  /** Lets tasks run only when a test wants it. Each replica that starts puts them on the schedule again. */
  async restTasks(): Promise<void> {
    const later = this.#postgres
      ? this.knex.raw("now() + interval '1 day'")
      : this.knex.raw("datetime('now', '+1 day')");
    await this.knex('backstage_backend_tasks__tasks')
      .where('id', 'like', 'datasource-auth-%')
      .update({ next_run_start_at: later });
  }

  /** Completes the authorization code grant as a user does. */
  async #obtain(account: string, scopes: string[]): Promise<IssuedTokens> {
    const verifier = randomBytes(32).toString('base64url');
    const query = new URLSearchParams({
      client_id: WEB.id,
      response_type: 'code',
      redirect_uri: CALLBACK,
      scope: scopes.join(' '),
      prompt: 'consent',
      state: 'some-state',
      code_challenge: createHash('sha256').update(verifier).digest('base64url'),
      code_challenge_method: 'S256',
    });
    const { callback } = await this.#people
      .get(account)!
      .authorize(`${this.provider.url}/authorize?${query}`);
    const requestedAt = Date.now();
    const response = await fetch(`${this.provider.url}/token`, {
      method: 'POST',
      headers: { authorization: BASIC },
      body: new URLSearchParams({
        grant_type: 'authorization_code',
        code: callback.searchParams.get('code') ?? '',
        redirect_uri: CALLBACK,
        code_verifier: verifier,
      }),
    });
    const body = await response.json();
    return {
      accessToken: body.access_token,
      refreshToken: body.refresh_token,
      tokenType: body.token_type,
      scope: body.scope,
      requestedAt,
      expiresAt: requestedAt + body.expires_in * 1000,
      kept: {},
    };
  }
}
