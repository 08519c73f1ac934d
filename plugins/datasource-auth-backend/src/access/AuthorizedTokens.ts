import {
  boundToBackend,
  ConsumableDatasource,
  isBoundToBackend,
  message,
  readGatewayPath,
  renderMessages,
  TokenRequest,
  TokenResponse,
} from 'backstage-plugin-datasource-auth-common';
import { UsageRecorder } from '../activity/UsageRecorder';
import {
  CredentialCopy,
  CredentialMemory,
} from '../credentials/CredentialMemory';
import { ServedToken, TokenBroker } from '../credentials/TokenBroker';
import { isSameGeneration } from '../credentials/CredentialRow';
import { generationOf, tokenVersion } from '../credentials/tokenVersion';
import { apiAuthentication } from '../kinds/apiAuthentication';
import { rejectedStatuses } from '../kinds';
import { resolveBaseUrl } from '../settings/apiAddress';
import { Egress } from '../egress/Egress';
import { memoize } from '../settings/memoize';
import { AccessOptions } from './DatasourceRights';
import { Caller } from './caller';
import { PersonalCredentials, Subject } from './PersonalCredentials';
import { PluginRights } from './PluginRights';

/** The reason of a state, for a person's credential. */
const CONNECTED = renderMessages([message('reason.perUser')]);

function tokenResponse({
  payload,
  row,
  datasource,
}: ServedToken): Omit<TokenResponse, 'egress'> {
  const { secrets } = datasource;
  const { settings, version } = datasource.record;
  return {
    ...(isBoundToBackend(settings)
      ? { headers: {}, query: {}, secrets: [], boundToBackend: true }
      : {
          accessToken: payload.accessToken || undefined,
          ...apiAuthentication({ settings, secrets }, payload),
        }),
    expiresAt: row.expiresAt,
    scope: row.scope,
    kept: payload.kept,
    baseUrl: resolveBaseUrl(settings, secrets, payload.kept),
    allowedHosts: settings.allowedHosts ?? [],
    rejectedStatuses: rejectedStatuses(settings.auth),
    expired: settings.api?.expired,
    version: tokenVersion(version, row),
    subject: row.key.subject,
  };
}

/** The same for all callers that get the same copy. Not for people, who are many, and each has few calls. */
const sharedTokenResponse = memoize(tokenResponse);

/**
 * Returns tokens to plugins: to allowed ones, with their own verified token or on behalf of a user, who then
 * needs `use` too. Never to a user directly, never to an external token.
 */
export class AuthorizedTokens {
  readonly #memory: CredentialMemory;
  readonly #broker: TokenBroker;
  readonly #usage: UsageRecorder;
  readonly #rights: PluginRights;
  readonly #egress: Egress;
  readonly #personal: PersonalCredentials;

  constructor(options: {
    memory: CredentialMemory;
    broker: TokenBroker;
    usage: UsageRecorder;
    rights: PluginRights;
    egress: Egress;
    personal: PersonalCredentials;
  }) {
    this.#memory = options.memory;
    this.#broker = options.broker;
    this.#usage = options.usage;
    this.#rights = options.rights;
    this.#egress = options.egress;
    this.#personal = options.personal;
  }

  /**
   * Returns the state of a person's credential for a plugin, or rejects as a call would.
   *
   * @throws as {@link AuthorizedTokens.getToken}
   */
  async getStatus(
    name: string,
    {
      caller,
      subject,
    }: AccessOptions & { subject: Exclude<Subject, 'service'> },
  ): Promise<ConsumableDatasource> {
    const plugin = await this.#rights.pluginOf(caller);
    const { datasource } = await this.#memory.get(name);
    await this.#rights.assertConsumer(datasource, caller, plugin);
    await this.#personal.copyFor(datasource, { plugin }, { caller, subject });
    const { title } = datasource.record.settings;
    return { name, title, status: { state: 'AUTHORIZED', reason: CONNECTED } };
  }

  /**
   * @throws DatasourceConnectionError, DatasourceConsumerNotAllowedError, DatasourceNotConfiguredError, DatasourceNotAuthorizedError,
   *   DatasourceUnavailableError
   */
  async getToken(
    name: string,
    request: Omit<TokenRequest, 'subject'>,
    { caller, subject }: AccessOptions & { subject: Subject },
  ): Promise<TokenResponse> {
    // Awaits only what isn't known: hundreds of callers can come at once.
    const known = this.#rights.pluginOf(caller);
    const plugin = typeof known === 'string' ? known : await known;
    const shared = this.#memory.peek(name) ?? (await this.#memory.get(name));
    const { datasource } = shared;
    const asked = this.#rights.assertConsumer(datasource, caller, plugin);
    if (asked) await asked;
    const copy =
      subject === 'service'
        ? shared
        : await this.#personal.copyFor(
            datasource,
            { plugin },
            { caller, subject },
          );
    const isBound = isBoundToBackend(datasource.record.settings);
    if (isBound && !request.throughBackend) throw boundToBackend(name);
    const route = routeOf(request, caller, plugin);
    if (accepted(copy, request)) await this.#broker.accepted(copy, route);
    const need = {
      minValidity:
        request.minValiditySeconds === undefined
          ? undefined
          : request.minValiditySeconds * 1000,
      rejected: generationOf(request.rejectedVersion),
      route,
    };
    const served = copy.key.isPersonal
      ? await this.#personal.using(copy, () =>
          this.#broker.getToken(copy, need),
        )
      : await this.#broker.getToken(copy, need);
    // The calls of a bound token are counted instead.
    if (!isBound)
      this.#usage.handOut(copy.key, plugin, {
        rejected: request.rejectedVersion !== undefined,
      });
    // Not remembered with the token, because the rules can change during its lifetime.
    const response = copy.key.isPersonal
      ? tokenResponse(served)
      : sharedTokenResponse(served);
    return { ...response, egress: this.#egress.destinations };
  }
}

/** Whether the plugin reports that the API accepted the current token. */
function accepted(
  copy: CredentialCopy,
  { acceptedVersion }: TokenRequest,
): copy is CredentialCopy & ServedToken {
  const generation = generationOf(acceptedVersion);
  return (
    generation !== undefined &&
    copy.row !== undefined &&
    copy.payload !== undefined &&
    isSameGeneration(copy.row, generation)
  );
}

const CALL = /^([A-Z]{1,20}) (\/[^?#]*)/;

/**
 * Returns the route that a rejection counts for: the plugin and, if it calls as itself, also the method and
 * first segment of the normalized path. On behalf of a user, these may be the user's choice, and different in
 * each call.
 */
function routeOf(
  { rejectedRoute }: TokenRequest,
  caller: Caller,
  plugin: string,
): string {
  if (caller.kind !== 'plugin' || !rejectedRoute) return `plugin ${plugin}`;
  const [, method, named] = CALL.exec(rejectedRoute) ?? [];
  const { path } = readGatewayPath(named ?? '', { encodedSlash: true });
  return path === undefined
    ? `plugin ${plugin}`
    : `plugin ${plugin} ${method} /${path.split('/', 2)[1]}`;
}
