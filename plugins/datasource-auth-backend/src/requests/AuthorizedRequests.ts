import {
  Authorization,
  AuthorizationRequestEntry,
  AuthorizationRequestInvitation,
  DatasourceAuthError,
  hostOfOrigin,
  originsOf,
  RequestedApproval,
  message as textOf,
} from 'backstage-plugin-datasource-auth-common';
import {
  NewAuthorizationRequest,
  assertPending,
  AuthorizationRequests,
  FoundRequest,
} from './AuthorizationRequests';
import { titleOf } from '../notices/OwnerNotices';
import { PresetRegistry } from '../providers/PresetRegistry';
import { describeScopes } from '../providers/scopeDescriptions';
import { requestNotFound } from '../access/AnswerableRequests';
import { Audit } from '../access/Audit';
import { AuthorizedAuthorizations } from '../access/AuthorizedAuthorizations';
import { AccessOptions, DatasourceRights } from '../access/DatasourceRights';
import { Caller, callerName } from '../access/caller';
import { Person, RequestRights } from './RequestRights';
import { oauthOf } from '../settings/oauthOf';

/** A request, and how the caller relates to it. */
interface Opened extends FoundRequest {
  mayAnswer: boolean;
}

/**
 * Authorizes approval requests.
 *
 * Users who may change a datasource may send one. The request itself is the permission to authorize once, only for the
 * user or the members of the group that it names. They see what they approve, and nothing of the configuration. A link
 * without a recipient is for users who may authorize anyway. To keep users from granting themselves access, the sender
 * needs that permission too in order to approve.
 */
export class AuthorizedRequests {
  readonly #audit: Audit;
  readonly #authorizations: AuthorizedAuthorizations;
  readonly #datasources: DatasourceRights;
  readonly #presets: Pick<PresetRegistry, 'list'>;
  readonly #requests: AuthorizationRequests;
  readonly #rights: RequestRights;

  constructor(options: {
    audit: Audit;
    authorizations: AuthorizedAuthorizations;
    datasources: DatasourceRights;
    presets: Pick<PresetRegistry, 'list'>;
    requests: AuthorizationRequests;
    rights: RequestRights;
  }) {
    this.#audit = options.audit;
    this.#authorizations = options.authorizations;
    this.#datasources = options.datasources;
    this.#presets = options.presets;
    this.#requests = options.requests;
    this.#rights = options.rights;
  }

  async ask(
    name: string,
    asked: Omit<NewAuthorizationRequest, 'by'>,
    { caller }: AccessOptions,
  ): Promise<AuthorizationRequestEntry> {
    const { recipient } = asked;
    const { link, ...found } = await this.#audit.run(
      {
        ...{ event: 'authorization', action: 'ask', caller, datasource: name },
        details: { recipient: recipient ?? null },
      },
      async () =>
        this.#requests.ask(
          await this.#datasources.forAsking(name, { caller }),
          { ...asked, by: callerName(caller) },
        ),
      ({ request }) => ({ request: request.id }),
    );
    return { ...entryOf(found), link };
  }

  async list(
    name: string,
    { caller }: AccessOptions,
  ): Promise<AuthorizationRequestEntry[]> {
    const datasource = await this.#datasources.forAsking(name, { caller });
    return (await this.#requests.listOpen(datasource)).map(entryOf);
  }

  /** @param secret - of the link */
  async get(
    secret: string,
    { caller }: AccessOptions,
  ): Promise<AuthorizationRequestInvitation> {
    return this.#invitation(await this.#open(secret, caller));
  }

  async authorize(
    secret: string,
    display: 'popup' | 'page',
    { caller }: AccessOptions,
  ): Promise<Authorization> {
    const opened = await this.#openToAnswer(secret, caller);
    const { request, datasource } = opened;
    return this.#authorizations.createFor(
      { requestId: request.id, datasource, display },
      { caller, assertOpen: () => assertPending(opened) },
    );
  }

  async decline(
    secret: string,
    { caller }: AccessOptions,
  ): Promise<AuthorizationRequestInvitation> {
    const opened = await this.#openToAnswer(secret, caller);
    const found = await this.#audit.run(
      {
        ...{ event: 'authorization', action: 'decline', caller },
        datasource: opened.datasource.record.name,
        details: { request: opened.request.id },
      },
      () => this.#requests.decline(opened, callerName(caller)),
    );
    return this.#invitation({ ...found, mayAnswer: true });
  }

  /** @param id - the one in the list, not the link */
  async withdraw(id: string, { caller }: AccessOptions): Promise<void> {
    const found = await this.#requests.findById(id);
    if (!found) throw requestNotFound();
    const { name } = found.datasource.record;
    await this.#audit.run(
      {
        ...{ event: 'authorization', action: 'withdraw', caller },
        datasource: name,
        details: { request: found.request.id },
      },
      async () => {
        const by = callerName(caller);
        // Requesters may withdraw their own requests, even when they may no longer ask.
        if (caller.kind === 'plugin' || by !== found.request.askedBy) {
          await this.#assertMayWithdraw(name, caller);
        }
        await this.#requests.withdraw(found, by);
      },
    );
  }

  async #assertMayWithdraw(name: string, caller: Caller): Promise<void> {
    try {
      await this.#datasources.forAsking(name, { caller });
    } catch (error) {
      // It would reveal the name of a datasource to a caller who named none.
      throw error instanceof DatasourceAuthError && error.code === 'not_found'
        ? requestNotFound()
        : error;
    }
  }

  async #open(secret: string, caller: Caller): Promise<Opened> {
    const person = assertPerson(caller);
    const found = await this.#requests.findByLink(secret);
    if (!found) throw requestNotFound();
    const mayAnswer = await this.#rights.mayAnswer(found, person);
    if (!mayAnswer && found.request.askedBy !== person.userRef) {
      throw requestNotFound();
    }
    return { ...found, mayAnswer };
  }

  async #openToAnswer(secret: string, caller: Caller): Promise<Opened> {
    const opened = await this.#open(secret, caller);
    if (!opened.mayAnswer) {
      throw new DatasourceAuthError(textOf('error.requestOwn'), {
        code: 'not_allowed',
        statusCode: 403,
      });
    }
    return opened;
  }

  async #invitation(opened: Opened): Promise<AuthorizationRequestInvitation> {
    const { request, datasource, state, mayAnswer } = opened;
    const { askedBy, message, expiresAt, decidedBy, decidedAt } = request;
    return {
      ...{ state, mayAnswer, title: titleOf(datasource.record) },
      ...{ askedBy, askedAt: request.createdAt, expiresAt },
      ...{ message, decidedBy, decidedAt },
      ...(state === 'pending' && { approval: await this.#approval(opened) }),
    };
  }

  async #approval({ datasource }: FoundRequest): Promise<RequestedApproval> {
    const { settings } = datasource.record;
    const [origin = ''] = originsOf(settings, [
      oauthOf(settings).authorize.url,
    ]);
    return {
      providerHost: hostOfOrigin(origin),
      scopes: describeScopes(settings, await this.#presets.list()),
      consumers: settings.consumers,
    };
  }
}

/** Only a user can approve, in their own browser. */
function assertPerson(caller: Caller): Person {
  if (caller.kind === 'user') return caller;
  throw new DatasourceAuthError(textOf('error.requestUsersOnly'), {
    code: 'not_a_person',
    statusCode: 403,
  });
}

function entryOf(found: FoundRequest): AuthorizationRequestEntry {
  const { request, datasource, state } = found;
  const { id, recipient, askedBy, expiresAt, message } = request;
  return {
    ...{ id, datasource: datasource.record.name, state, recipient, askedBy },
    ...{ askedAt: request.createdAt, expiresAt, message },
  };
}
