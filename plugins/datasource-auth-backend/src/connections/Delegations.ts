import { createHash, randomUUID } from 'node:crypto';
import {
  DatasourceAuthError,
  Delegation,
  DelegationContext,
  DelegationCreate,
  DelegationDetails,
  DelegationHandle,
  hasPersonalCredentials,
  message,
} from 'backstage-plugin-datasource-auth-common';
import { Knex } from 'knex';
import { CredentialRow } from '../credentials/CredentialRow';
import { CredentialStore } from '../credentials/CredentialStore';
import { canonicalUser, CredentialKey } from '../database/CredentialKey';
import { LoadedDatasource } from '../datasources/Datasources';
import { delegationPlace } from '../sealing/delegationPlace';
import {
  isRandomToken,
  randomToken,
  Sealer,
  UnreadableError,
} from '../sealing/Sealer';
import { canonical } from '../settings/binding';
import {
  AgreedTerms,
  agreesTo,
  connectionTermsOf,
} from '../settings/connectionTerms';
import { mayConsume } from '../settings/consumers';
import { BareSettings } from '../settings/secrets';
import {
  DelegationRow,
  DelegationStore,
  EndedDelegation,
} from './DelegationStore';

/** How long a delegation waits for its person. Milliseconds. */
const PENDING_FOR = 24 * 60 * 60_000;
/** Undecided delegations of one plugin with one person. */
const MAX_PENDING = 50;

/**
 * What the plugin asks for, and what the person agreed to. It is encrypted, so that nobody can agree for a person by
 * writing to the database.
 */
interface Leave {
  plugin: string;
  purpose: string;
  context: DelegationContext;
  until: number;
  /** Absent until the person agreed. */
  agreed?: {
    /** See {@link pinOf}. */
    pin: string;
    terms: AgreedTerms;
  };
}

/** A delegation as a plugin presents it. */
export interface PresentedDelegation {
  handle: string;
  context: DelegationContext;
}

/** A delegation that the plugin may use now, apart from its account. */
interface UsableDelegation {
  id: string;
  /** The user to act as. */
  subject: string;
  /** Returns whether the person agreed to this account and to the current settings. Ends it for another account. */
  covers(row: CredentialRow): Promise<boolean>;
}

/** People's leave for plugins to act as them while they aren't there. */
export class Delegations {
  readonly #knex: Knex;
  readonly #store: DelegationStore;
  readonly #credentials: CredentialStore;
  readonly #sealer: Sealer;
  readonly #onApproved: (
    datasource: LoadedDatasource,
    approved: { id: string; subject: string; plugin: string; until: number },
  ) => Promise<void>;
  readonly #onEnded: (ended: EndedDelegation[], why: string) => Promise<void>;

  constructor(options: {
    knex: Knex;
    credentials: CredentialStore;
    sealer: Sealer;
    /** Called after a person approved one. */
    onApproved: (
      datasource: LoadedDatasource,
      approved: { id: string; subject: string; plugin: string; until: number },
    ) => Promise<void>;
    /** Called after delegations ended, with the reason. */
    onEnded: (ended: EndedDelegation[], why: string) => Promise<void>;
  }) {
    this.#knex = options.knex;
    this.#store = new DelegationStore(options);
    this.#credentials = options.credentials;
    this.#sealer = options.sealer;
    this.#onApproved = options.onApproved;
    this.#onEnded = options.onEnded;
  }

  /**
   * Returns a handle if the person agreed to exactly this, or the id of the delegation that waits for them. A new handle
   * each time, because only its hash is stored.
   *
   * @param row - the person's connection, which the plugin may use
   * @returns undefined if none waits, and the plugin only reads the decision
   * @throws DatasourceAuthError `invalid_request` if too many wait already
   */
  async ask(
    { record }: LoadedDatasource,
    row: CredentialRow,
    asked: Omit<DelegationCreate, 'datasource'> & {
      plugin: string;
      until: number;
    },
  ): Promise<DelegationHandle | { waiting: string } | undefined> {
    const { plugin, purpose, context, until, askAgain = true } = asked;
    const askHash = hashOf({ purpose, context });
    const own = await this.#store.listOf(row.key.subject);
    let waiting: string | undefined;
    for (const each of own) {
      if (each.key.text !== row.key.text || each.askHash !== askHash) continue;
      const leave = this.#leaveOf(each);
      if (leave?.plugin !== plugin) continue;
      if (each.status === 'pending') waiting = each.id;
      else if (covers(leave, record.settings, row)) {
        const handle = randomToken();
        await this.#store.addHandle(each.id, sha256(handle));
        return { delegation: handle, until: leave.until };
      }
    }
    if (waiting) return { waiting };
    if (!askAgain) return undefined;
    const open = await this.#store.countPending(row.key.subject, plugin);
    if (open >= MAX_PENDING) {
      throw new DatasourceAuthError(
        message('error.delegationsOpen', { open }),
        {
          code: 'invalid_request',
          statusCode: 400,
        },
      );
    }
    const id = randomUUID();
    await this.#store.insert({
      ...{ id, key: row.key, plugin, askHash },
      sealed: this.#seal({ plugin, purpose, context, until }, { id, row }),
      validFor: Math.min(PENDING_FOR, until - row.readAt),
    });
    return { waiting: id };
  }

  /**
   * Finds the delegation that a plugin presents.
   *
   * @returns undefined unless it is live, and this plugin's, in this context, for this datasource
   */
  async find(
    { handle, context }: PresentedDelegation,
    plugin: string,
    { record }: LoadedDatasource,
  ): Promise<UsableDelegation | undefined> {
    if (!isRandomToken(handle)) return undefined;
    const found = await this.#store.findLive(sha256(handle));
    if (!found) return undefined;
    const leave = this.#leaveOf(found);
    if (
      !leave?.agreed ||
      leave.plugin !== plugin ||
      canonical(leave.context) !== canonical(context) ||
      leave.until <= found.readAt ||
      found.key.datasourceId !== record.id
    ) {
      return undefined;
    }
    const { agreed } = leave;
    return {
      id: found.id,
      subject: found.key.subject,
      covers: async row => {
        if (covers(leave, record.settings, row)) {
          await this.#store.markUsed(found.id);
          return true;
        }
        if (agreed.pin !== pinOf(row)) {
          await this.#tell(await this.#store.end(found.id), 'other_account');
        }
        return false;
      },
    };
  }

  /**
   * Returns a person's own delegation.
   *
   * @throws DatasourceAuthError `not_found`
   */
  async own(id: string, subject: string): Promise<DelegationRow> {
    const row = await this.#store.find(id);
    if (row?.key.subject === subject && this.#leaveOf(row)) return row;
    throw unknown();
  }

  /** Returns what a person sees of one delegation. */
  async details(
    row: DelegationRow,
    datasource: LoadedDatasource,
    knex: Knex = this.#knex,
  ): Promise<DelegationDetails> {
    const { name, settings } = datasource.record;
    const leave = this.#leaveOf(row);
    if (!leave) throw unknown();
    const credential = await this.#credentials.read(row.key, knex);
    const pin = credential && pinOf(credential);
    const isSame = !leave.agreed || leave.agreed.pin === pin;
    const shown = this.#view(row, leave, settings);
    return {
      ...shown,
      datasource: name,
      title: settings.title,
      account: isSame ? credential?.account : undefined,
      version: hashOf({
        ...{ shown, pin, name },
        terms: connectionTermsOf(settings),
      }),
    };
  }

  /**
   * Lets the plugin act as the person from now on.
   *
   * @param version - of the details that the person read
   * @throws DatasourceAuthError `version_conflict`, `not_found`
   */
  async approve(
    row: DelegationRow,
    datasource: LoadedDatasource,
    version: string,
  ): Promise<void> {
    const { settings } = datasource.record;
    const leave = this.#leaveOf(row);
    if (!leave) throw unknown();
    await this.#knex.transaction(async trx => {
      // An account that is disconnected meanwhile waits for this, and then ends the delegation.
      await this.#lock(row.key, trx);
      const credential = await this.#credentials.read(row.key, trx);
      const details = await this.details(row, datasource, trx);
      if (credential?.state !== 'live' || details.version !== version) {
        throw changed();
      }
      const agreed = {
        pin: pinOf(credential),
        terms: connectionTermsOf(settings),
      };
      const approved = await this.#store.approve(
        row,
        {
          sealed: this.#seal({ ...leave, agreed }, { id: row.id, row }),
          pin: agreed.pin,
          until: leave.until,
        },
        trx,
      );
      if (!approved) throw changed();
    });
    const { plugin, until } = leave;
    const { subject } = row.key;
    await this.#onApproved(datasource, { id: row.id, subject, plugin, until });
  }

  /** Ends one that its person declines or takes back. */
  async takeBack(row: DelegationRow): Promise<void> {
    await this.#store.end(row.id);
  }

  /**
   * Ends all of a person at a datasource, in the transaction that ends their connection. Then call the returned
   * function.
   *
   * @param who - one person, or everyone
   * @param row - the account that goes on
   */
  async endAll(
    who: { datasourceId: string; subject?: string },
    why: string,
    trx: Knex,
    row?: CredentialRow,
  ): Promise<() => Promise<void>> {
    const except = row && pinOf(row);
    const ended = await this.#store.endAll(who, trx, { except });
    return () => this.#tell(ended, why);
  }

  /** Ends all of a user who was seen and may no longer use the datasource. */
  async endDenied(
    { record: { id, settings } }: LoadedDatasource,
    userRef: string,
  ): Promise<void> {
    const subject = canonicalUser(userRef);
    if (!subject || !hasPersonalCredentials(settings)) return;
    const key = new CredentialKey({ datasourceId: id, subject });
    const tellEnded = await this.#knex.transaction(async trx => {
      await this.#lock(key, trx);
      return this.endAll(key, 'not_allowed', trx);
    });
    await tellEnded();
  }

  /** Removes everything about a person, in the caller's transaction. Then call the returned function. */
  async erase(subject: string, trx: Knex): Promise<() => Promise<void>> {
    const ended = await this.#store.erase(subject, trx);
    return () => this.#tell(ended, 'erased');
  }

  /** Ends what is over, and removes what ended long ago. */
  async clean(): Promise<void> {
    await this.#tell(await this.#store.endExpired(), 'expired');
    await this.#tell(
      await this.#store.endUnlisted((consumers, plugin) =>
        mayConsume({ consumers }, plugin),
      ),
      'consumer_removed',
    );
    await this.#store.removeOld();
  }

  /** Returns what a person sees of their delegations that are pending or live, by datasource id, newest first. */
  async list(
    subject: string,
    datasources: LoadedDatasource[],
  ): Promise<Map<string, Delegation[]>> {
    const rows = await this.#store.listOf(subject);
    return new Map(
      datasources.map(({ record: { id, settings } }) => [
        id,
        rows
          .filter(({ key }) => key.datasourceId === id)
          .flatMap(row => {
            const leave = this.#leaveOf(row);
            return leave ? [this.#view(row, leave, settings)] : [];
          }),
      ]),
    );
  }

  #view(row: DelegationRow, leave: Leave, settings: BareSettings): Delegation {
    const { plugin, purpose, context, until, agreed } = leave;
    const { scopes, hosts } = agreed?.terms ?? connectionTermsOf(settings);
    const isOver = row.endsAt <= row.readAt;
    return {
      id: row.id,
      state: isOver ? 'ended' : row.status,
      ...{ plugin, purpose, context, scopes, hosts, until },
      createdAt: row.createdAt,
      decidedAt: row.decidedAt,
      lastUsedAt: row.lastUsedAt,
    };
  }

  /** Lets nobody else change several delegations of a person meanwhile, in another order. */
  async #lock({ datasourceId, subject }: CredentialKey, trx: Knex) {
    await this.#credentials.lockPersonal(datasourceId, { subject }, 1, trx);
  }

  async #tell(ended: EndedDelegation[], why: string): Promise<void> {
    if (ended.length > 0) await this.#onEnded(ended, why);
  }

  #seal(
    leave: Leave,
    { id, row }: { id: string; row: { key: CredentialKey } },
  ): string {
    return this.#sealer.seal(
      JSON.stringify(leave),
      delegationPlace(id, row.key),
    );
  }

  /** Undefined if it can't be read, for example after a change in the database. */
  #leaveOf(row: DelegationRow): Leave | undefined {
    try {
      return JSON.parse(
        this.#sealer.open(row.sealed, delegationPlace(row.id, row.key)),
      );
    } catch (error) {
      if (error instanceof UnreadableError) return undefined;
      throw error;
    }
  }
}

/**
 * Returns what a delegation is pinned to: the account at this provider, which a refresh and another connection of the
 * same account keep. If the provider names no account, it is pinned to this one connection.
 */
function pinOf({ account, binding, credentialId }: CredentialRow): string {
  return hashOf({ binding, account: account ?? { credentialId } });
}

/** Returns whether a person agreed to this account and these settings. */
function covers(
  { plugin, agreed }: Leave,
  settings: BareSettings,
  row: CredentialRow,
): boolean {
  if (!agreed) return false;
  const { scopes } = connectionTermsOf(settings);
  return (
    agreed.pin === pinOf(row) &&
    agreesTo(agreed.terms, settings, { plugin }) &&
    scopes.every(scope => agreed.terms.scopes.includes(scope))
  );
}

function hashOf(value: unknown): string {
  return sha256(canonical(value));
}

/** Without a key: a handle is random, and must survive the rotation of keys. */
function sha256(text: string): string {
  return createHash('sha256').update(text).digest('base64url');
}

function changed(): DatasourceAuthError {
  return new DatasourceAuthError(message('error.delegationChanged'), {
    code: 'version_conflict',
    statusCode: 412,
  });
}

function unknown(): DatasourceAuthError {
  return new DatasourceAuthError(message('error.delegationUnknown'), {
    code: 'not_found',
    statusCode: 404,
  });
}
