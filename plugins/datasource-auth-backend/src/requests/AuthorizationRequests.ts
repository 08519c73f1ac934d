import { needsPerson } from '../settings/binding';
import { randomUUID } from 'node:crypto';
import {
  AuthorizationRequestState,
  DatasourceAuthError,
  DatasourceNotConfiguredError,
  formatRequiredSettings,
  Message,
  message,
} from 'backstage-plugin-datasource-auth-common';
import { requestSecretSchema } from 'backstage-plugin-datasource-auth-common/schemas';
import { Knex } from 'knex';
import { ActivityStore } from '../activity/ActivityStore';
import { AnsweredRequest } from '../authorizations/AnsweredRequests';
import { randomToken, Sealer } from '../sealing/Sealer';
import {
  Datasources,
  LoadedDatasource,
  notFound,
} from '../datasources/Datasources';
import { missingParameters } from '../settings/status';
import { RequestNotices } from './RequestNotices';
import {
  AuthorizationRequestRow,
  AuthorizationRequestStore,
} from './AuthorizationRequestStore';
import { consentFingerprint } from '../settings/consentFingerprint';

const HOUR = 60 * 60_000;
/** Open requests per datasource, so that recipients aren't flooded. */
const MOST_OPEN = 20;

/** A request and its datasource. */
export interface FoundRequest {
  request: AuthorizationRequestRow;
  datasource: LoadedDatasource;
  state: AuthorizationRequestState;
}

/** The content of a new request. */
export interface NewAuthorizationRequest {
  by: string;
  recipient?: string;
  message?: string;
  validForHours: number;
}

/**
 * Delegated authorization: a user who may change a datasource asks someone else to authorize it.
 *
 * - The link has a random secret after the #, which browsers don't send; only its hash is stored. The link isn't
 *   enough: the user who opens it must be the recipient.
 * - A request allows one approval, until it expires, is withdrawn or declined, and only for its original terms.
 * - It ends in the transaction that stores the credential, so there is never a second approval.
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
        message('error.requestsOpen', {
          name: record.name,
          open: open.length,
        }),
        { code: 'invalid_request', statusCode: 400 },
      );
    }
    const secret = randomToken();
    const { by, recipient } = asked;
    const request = await this.#store.insert({
      ...{ id: randomUUID(), datasourceId: record.id, askedBy: by },
      ...{
        recipient,
        message: asked.message,
        terms: this.#sealer.hash('terms', consentFingerprint(datasource)),
      },
      linkHash: this.#sealer.hash('request', secret),
      validFor: asked.validForHours * HOUR,
    });
    if (!request) throw notFound(record.name);
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

  /** Finds a request by the secret of its link. */
  async findByLink(secret: string): Promise<FoundRequest | undefined> {
    if (!requestSecretSchema.safeParse(secret).success) return undefined;
    const hashes = this.#sealer.hashes('request', secret);
    return this.#load(await this.#store.findByLink(hashes));
  }

  /** Finds a request by the id that managers of the datasource see. */
  async findById(id: string): Promise<FoundRequest | undefined> {
    return this.#load(await this.#store.find(id));
  }

  /** Returns whether a request is still open, even if settings changed. */
  async isOpen(id: string): Promise<boolean> {
    const request = await this.#store.find(id);
    return request?.status === 'pending' && request.expiresAt > request.readAt;
  }

  /**
   * Ends a request with the approval of the datasource's current terms. Part of the transaction that stores the
   * credential.
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
      throw new DatasourceAuthError(message('error.requestClosed'), {
        code: 'request_ended',
        statusCode: 409,
      });
    }
    return (await this.#store.find(id, trx))!;
  }

  /** Notifies both users of the approval. The credential is already stored. */
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

/** Returns the state of a request: from its row, the clock, and the terms it was made for. */
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

/** Describes how a request ended. */
function requestEnded(found: FoundRequest): DatasourceAuthError {
  return new DatasourceAuthError(endedMessage(found), {
    code: 'request_ended',
    statusCode: 409,
  });
}

function endedMessage({ request, state }: FoundRequest): Message {
  const user = request.askedBy.replace(/^user:[^/]+\//, '');
  switch (state) {
    case 'approved':
      return message('error.requestApproved');
    case 'declined':
      return message('error.requestDeclined');
    case 'withdrawn':
      return message('error.requestWithdrawn');
    case 'expired':
      return message('error.requestExpired', {
        user,
        day: new Date(request.expiresAt).toISOString().slice(0, 10),
      });
    default:
      return message('error.requestOutdated', { user });
  }
}

/** A request makes sense only for what a user can approve now. */
function assertAnswerable({ record, secrets, unreadable }: LoadedDatasource) {
  if (!needsPerson(record.settings)) {
    throw new DatasourceAuthError(
      message('error.approvalNotNeeded', { name: record.name }),
      { code: 'invalid_request', statusCode: 400 },
    );
  }
  if (unreadable) {
    throw new DatasourceAuthError(unreadable.text, {
      code: 'authorization_failed',
      statusCode: 409,
    });
  }
  const missing = missingParameters(record.settings, new Set(secrets.keys()));
  if (missing.length > 0) {
    throw new DatasourceNotConfiguredError(
      message('error.fillInFirst', { labels: formatRequiredSettings(missing) }),
    );
  }
}
