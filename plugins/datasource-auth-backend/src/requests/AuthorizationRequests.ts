import { needsPerson } from '../settings/binding';
import { randomUUID } from 'node:crypto';
import {
  AuthorizationRequestState,
  DatasourceAuthError,
  DatasourceNotConfiguredError,
  formatRequiredSettings,
} from 'backstage-plugin-datasource-auth-common';
import { requestSecretSchema } from 'backstage-plugin-datasource-auth-common/schemas';
import { Knex } from 'knex';
import { ActivityStore } from '../activity/ActivityStore';
import { AnsweredRequest } from '../authorizations/AnsweredRequests';
import { randomToken, Sealer } from '../sealing/Sealer';
import { Datasources, LoadedDatasource } from '../datasources/Datasources';
import { missingParameters } from '../settings/status';
import { RequestNotices } from './RequestNotices';
import {
  AuthorizationRequestRow,
  AuthorizationRequestStore,
} from './AuthorizationRequestStore';
import { consentFingerprint } from '../settings/consentFingerprint';

const HOUR = 60 * 60_000;
/** Open requests of one datasource, so that asking does not become a way to pester. */
const MOST_OPEN = 20;

/** A request that was found, and what it is about. */
export interface FoundRequest {
  request: AuthorizationRequestRow;
  datasource: LoadedDatasource;
  state: AuthorizationRequestState;
}

/** What somebody asks for. */
export interface NewAuthorizationRequest {
  by: string;
  recipient?: string;
  message?: string;
  validForHours: number;
}

/**
 * Delegated authorization: somebody who may change a datasource asks somebody else to authorize it.
 *
 * - The link has a random secret, of which the hash is kept: behind the #, which browsers send nowhere. It is not enough:
 *   who opens it has to be who was asked.
 * - A request stands for one approval, until it expires, is withdrawn or declined, and only for the terms it was made for.
 * - It ends in the transaction in which the credential is stored, so that there is one approval and never two.
 */
export class AuthorizationRequests {
  readonly #activity: ActivityStore;
  readonly #datasources: Datasources;
  readonly #notices: RequestNotices;
  readonly #pageUrl: string;
  readonly #sealer: Sealer;
  readonly #store: AuthorizationRequestStore;

  constructor(options: {
    activity: ActivityStore;
    datasources: Datasources;
    notices: RequestNotices;
    pageUrl: string;
    sealer: Sealer;
    store: AuthorizationRequestStore;
  }) {
    this.#activity = options.activity;
    this.#datasources = options.datasources;
    this.#notices = options.notices;
    this.#pageUrl = options.pageUrl;
    this.#sealer = options.sealer;
    this.#store = options.store;
  }

  /** @throws DatasourceAuthError `invalid_request`, `datasource_not_configured` */
  async ask(
    datasource: LoadedDatasource,
    asked: NewAuthorizationRequest,
  ): Promise<FoundRequest & { link: string }> {
    const { record } = datasource;
    assertAnswerable(datasource);
    const open = await this.#store.listOpen(record.id);
    if (open.length >= MOST_OPEN) {
      throw new DatasourceAuthError(
        `Datasource '${record.name}' has ${open.length} open requests already. Withdraw one first.`,
        { code: 'invalid_request', statusCode: 400 },
      );
    }
    const secret = randomToken();
    const { by, recipient, message } = asked;
    const request = await this.#store.insert({
      ...{ id: randomUUID(), datasourceId: record.id, askedBy: by },
      ...{
        recipient,
        message,
        terms: this.#sealer.hash('terms', consentFingerprint(datasource)),
      },
      linkHash: this.#sealer.hash('request', secret),
      validFor: asked.validForHours * HOUR,
    });
    await this.#activity.record(record.id, {
      kind: 'authorization_requested',
      actor: by,
      details: { recipient: recipient ?? null, expiresAt: request.expiresAt },
    });
    const link = `${this.#pageUrl}/authorize#${secret}`;
    await this.#notices.asked({ request, record }, link);
    return { request, datasource, state: 'pending', link };
  }

  async listOpen(datasource: LoadedDatasource): Promise<FoundRequest[]> {
    const rows = await this.#store.listOpen(datasource.record.id);
    return rows.map(request => this.#found(request, datasource));
  }

  /** By the secret of its link. */
  async findByLink(secret: string): Promise<FoundRequest | undefined> {
    if (!requestSecretSchema.safeParse(secret).success) return undefined;
    const hashes = this.#sealer.hashes('request', secret);
    return this.#load(await this.#store.findByLink(hashes));
  }

  /** By the id that those see who may change the datasource. */
  async findById(id: string): Promise<FoundRequest | undefined> {
    return this.#load(await this.#store.find(id));
  }

  /** Whether a request can still be answered, whatever became of the settings. */
  async isOpen(id: string): Promise<boolean> {
    const request = await this.#store.find(id);
    return request?.status === 'pending' && request.expiresAt > request.readAt;
  }

  /**
   * Ends a request with the approval of the terms that the datasource has now. Part of the transaction in which the
   * credential is stored.
   *
   * @throws DatasourceAuthError `request_ended`
   */
  async approve(
    id: string,
    datasource: Pick<LoadedDatasource, 'record' | 'secrets'>,
    { by, trx }: { by: string; trx: Knex },
  ): Promise<AnsweredRequest> {
    const terms = this.#sealer.hashes('terms', consentFingerprint(datasource));
    if (!(await this.#store.approve(id, { by, terms }, trx))) {
      throw new DatasourceAuthError(
        'The request is over, or the datasource was changed since. Nothing was stored.',
        { code: 'request_ended', statusCode: 409 },
      );
    }
    return (await this.#store.find(id, trx))!;
  }

  /** Tells both that it was approved; the credential is stored by then. */
  async approved(id: string): Promise<void> {
    const found = await this.findById(id);
    if (!found) return;
    const { request, datasource } = found;
    await this.#notices.approved({ request, record: datasource.record });
  }

  async decline(found: FoundRequest, by: string): Promise<FoundRequest> {
    assertPending(found);
    if (!(await this.#store.decline(found.request.id, by))) {
      throw requestEnded(await this.#again(found));
    }
    const ended = await this.#again(found);
    const { record } = ended.datasource;
    await this.#activity.record(record.id, {
      kind: 'request_declined',
      actor: by,
      details: { askedBy: ended.request.askedBy },
    });
    await this.#notices.declined({ request: ended.request, record });
    return ended;
  }

  async withdraw(found: FoundRequest, by: string): Promise<void> {
    if (!(await this.#store.withdraw(found.request.id, by))) {
      throw requestEnded(await this.#again(found));
    }
    const { request, datasource } = await this.#again(found);
    await this.#activity.record(datasource.record.id, {
      kind: 'request_withdrawn',
      actor: by,
      details: { recipient: request.recipient ?? null },
    });
    await this.#notices.withdrawn({ request, record: datasource.record });
  }

  async #load(
    request: AuthorizationRequestRow | undefined,
  ): Promise<FoundRequest | undefined> {
    const datasource =
      request && (await this.#datasources.findById(request.datasourceId));
    return request && datasource && this.#found(request, datasource);
  }

  async #again(found: FoundRequest): Promise<FoundRequest> {
    return (await this.findById(found.request.id)) ?? found;
  }

  #found(
    request: AuthorizationRequestRow,
    datasource: LoadedDatasource,
  ): FoundRequest {
    const hasTerms = () =>
      this.#sealer.matches(
        'terms',
        consentFingerprint(datasource),
        request.terms,
      );
    return { request, datasource, state: stateOf(request, hasTerms) };
  }
}

/** How a request stands now: what it says of itself, the clock, and the settings it was made for. */
function stateOf(
  request: AuthorizationRequestRow,
  hasTerms: () => boolean,
): AuthorizationRequestState {
  if (request.status !== 'pending') return request.status;
  if (request.expiresAt <= request.readAt) return 'expired';
  return hasTerms() ? 'pending' : 'void';
}

/** @throws DatasourceAuthError `request_ended` */
export function assertPending(found: FoundRequest): void {
  if (found.state !== 'pending') throw requestEnded(found);
}

/** Says what became of a request. */
function requestEnded(found: FoundRequest): DatasourceAuthError {
  return new DatasourceAuthError(endedMessage(found), {
    code: 'request_ended',
    statusCode: 409,
  });
}

function endedMessage({ request, state }: FoundRequest): string {
  const asker = request.askedBy.replace(/^user:[^/]+\//, '');
  switch (state) {
    case 'approved':
      return 'This request was approved already. A link is good for one approval.';
    case 'declined':
      return 'This request was declined.';
    case 'withdrawn':
      return 'This request was withdrawn.';
    case 'expired':
      return `The request of ${asker} expired on ${new Date(request.expiresAt)
        .toISOString()
        .slice(0, 10)}.`;
    default:
      return `The datasource was changed since ${asker} asked, so this request no longer stands for what it would allow. Ask for a new one.`;
  }
}

/** Only what a person can approve, and can approve now, is worth asking for. */
function assertAnswerable({ record, secrets, unreadable }: LoadedDatasource) {
  if (!needsPerson(record.settings)) {
    throw new DatasourceAuthError(
      `Datasource '${record.name}' needs no person: get its access token on its page.`,
      { code: 'invalid_request', statusCode: 400 },
    );
  }
  if (unreadable) {
    throw new DatasourceAuthError(unreadable.message, {
      code: 'authorization_failed',
      statusCode: 409,
    });
  }
  const missing = missingParameters(record.settings, new Set(secrets.keys()));
  if (missing.length > 0) {
    throw new DatasourceNotConfiguredError(
      `Fill in before somebody is asked: ${formatRequiredSettings(missing)}`,
    );
  }
}
