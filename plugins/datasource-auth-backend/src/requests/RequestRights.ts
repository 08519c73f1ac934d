import { AccessControl } from '../access/AccessControl';
import { requestNotFound } from '../access/AnswerableRequests';
import { DatasourceRights } from '../access/DatasourceRights';
import { Caller } from '../access/caller';
import { AuthorizationRequests, FoundRequest } from './AuthorizationRequests';

/** A caller who is signed in. */
export type Person = Extract<Caller, { kind: 'user' }>;

/** Decides who may respond to a request. */
export class RequestRights {
  readonly #access: Pick<AccessControl, 'belongsTo'>;
  readonly #datasources: DatasourceRights;
  readonly #requests: AuthorizationRequests;

  constructor(options: {
    access: Pick<AccessControl, 'belongsTo'>;
    datasources: DatasourceRights;
    requests: AuthorizationRequests;
  }) {
    this.#access = options.access;
    this.#datasources = options.datasources;
    this.#requests = options.requests;
  }

  /** Returns whether a user can respond to a request: the recipient, or a user who may authorize anyway. */
  async mayAnswer(
    { request, datasource }: FoundRequest,
    caller: Person,
  ): Promise<boolean> {
    const { recipient, askedBy } = request;
    if (recipient && !(await this.#access.belongsTo(caller, recipient))) {
      return false;
    }
    return recipient && askedBy !== caller.userRef
      ? true
      : this.#datasources.mayAuthorize(datasource, { caller });
  }

  /**
   * @throws DatasourceAuthError `not_found` unless the caller could respond to this request now
   */
  async assertMayAnswer(requestId: string, caller: Caller): Promise<void> {
    const found = await this.#requests.findById(requestId);
    const allowed =
      found && caller.kind === 'user' && (await this.mayAnswer(found, caller));
    if (!allowed) throw requestNotFound();
  }
}
