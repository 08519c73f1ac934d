import { z } from 'zod';
import { GrantType } from './authSettings';
import { DestinationPolicy } from './destinationPolicy';
import { datasourceRefSchema } from './names';
import { datasourceSettingsSchema, DatasourceSettingsView } from './settings';
import { DatasourceState, DatasourceStatus, Diagnosis } from './status';

/*
 * Bodies and answers of the HTTP API under /api/datasource-auth. Times are epoch milliseconds throughout.
 */

/**
 * What happens to the credential when settings are saved, in the same transaction.
 *
 * @public
 */
export const credentialActionSchema = z.discriminatedUnion('action', [
  z.strictObject({ action: z.literal('keep') }),
  z.strictObject({
    action: z.literal('clear'),
    revoke: z.boolean().optional(),
  }),
  z.strictObject({
    action: z.literal('replace'),
    authorizationId: z.uuid(),
    revoke: z.boolean().optional(),
  }),
]);

/**
 * What a save does with the credential.
 *
 * @public
 */
export type CredentialAction = z.output<typeof credentialActionSchema>;

/**
 * Body of `POST /datasources` and `PUT /datasources/{name}`. `authorizationId` names the attempt whose sealed form
 * holds the secrets that the page no longer has after the same-tab way.
 *
 * @public
 */
export const datasourceWriteSchema = datasourceSettingsSchema.safeExtend({
  credential: credentialActionSchema.default({ action: 'keep' }),
  authorizationId: z.uuid().optional(),
});

/**
 * A save, as somebody writes it.
 *
 * @public
 */
export type DatasourceWrite = z.input<typeof datasourceWriteSchema>;

/**
 * Body of `POST /authorizations`.
 *
 * @public
 */
export const authorizationCreateSchema = z
  .strictObject({
    /** Name of the saved datasource, if there is one. */
    datasource: datasourceRefSchema.optional(),
    /** The form as it stands. */
    settings: datasourceSettingsSchema.optional(),
    /** Make the credential effective as soon as the person finishes (list and detail page). Takes no settings. */
    commit: z.boolean().optional(),
    display: z.enum(['popup', 'page']).default('popup'),
    /** An earlier attempt of the same user whose sealed form holds the secrets. */
    authorizationId: z.uuid().optional(),
  })
  .superRefine((body, ctx) => {
    const fail = (message: string) => ctx.addIssue({ code: 'custom', message });
    if (body.commit && body.settings)
      fail('commit uses the saved settings and takes none');
    if (body.commit && !body.datasource) fail('commit needs a datasource');
    if (!body.settings && !body.datasource)
      fail('Either settings or a datasource is required');
  });

/**
 * An attempt at obtaining a credential, as somebody asks for it.
 *
 * @public
 */
export type AuthorizationCreate = z.input<typeof authorizationCreateSchema>;

/**
 * Body of `POST /authorizations/{id}/completion`: what the browser brought back from the provider.
 *
 * @public
 */
export const completionSchema = z.strictObject({
  completion: z.string().min(20).max(200),
});

/**
 * Body of `POST /datasources/{name}/token`.
 *
 * @public
 */
export const tokenRequestSchema = z.strictObject({
  minValiditySeconds: z.number().min(0).max(86_400).optional(),
  /** A token that the API rejected: another one is wanted. */
  rejectedToken: z.string().max(20_000).optional(),
  /** Which calls were rejected, such as `GET /incidents`: one route that always rejects says nothing about the others. */
  rejectedRoute: z.string().max(200).optional(),
  /** A token that the API accepted after it had rejected one. */
  acceptedToken: z.string().max(20_000).optional(),
});

/**
 * What a consumer asks of the token that it wants.
 *
 * @public
 */
export type TokenRequest = z.output<typeof tokenRequestSchema>;

/**
 * Query of `GET /datasources`.
 *
 * @public
 */
export const datasourceListQuerySchema = z.object({
  search: z.string().max(200).optional(),
  status: z.string().max(200).optional(),
  grantType: z.string().max(200).optional(),
  owner: z.string().max(2_000).optional(),
  consumer: z.string().max(100).optional(),
  attention: z.enum(['true', 'false']).optional(),
  limit: z.coerce.number().int().min(1).max(200).default(50),
  cursor: z.string().max(1_000).optional(),
});

/**
 * Filters and place of a page of the list.
 *
 * @public
 */
export type DatasourceListQuery = Partial<
  z.input<typeof datasourceListQuerySchema>
>;

/**
 * What the caller may do with a datasource.
 *
 * @public
 */
export interface AllowedActions {
  /** Change the settings. */
  update: boolean;
  /** Delete the datasource. */
  delete: boolean;
  /** Obtain a credential, test and rehearse it. */
  authorize: boolean;
  /** Clear the credential. */
  clear: boolean;
  /** Ask somebody else to authorize it. */
  ask?: boolean;
}

/**
 * A datasource in a list.
 *
 * @public
 */
export interface DatasourceSummary {
  /** Immutable; unique in the installation. */
  name: string;
  /** What people call it; the name where there is none. */
  title?: string;
  /** Entity ref of the group or user that looks after it. */
  owner?: string;
  /** Words of the owner, to find it by. */
  tags?: string[];
  /** Where its settings are: stored, or declared in app-config. */
  source: 'database' | 'config';
  /** How its credential is obtained. */
  grantType: GrantType;
  /** Host of the base URL, or of the token URL. */
  host?: string;
  /** Plugin ids that may take tokens; `*` is every plugin. */
  consumers: '*' | string[];
  /** Whether there is a credential, and how it fares. */
  status: DatasourceStatus;
  /** Of the settings; a save names it in `If-Match`. */
  version: number;
  /** What the caller may do with it. */
  allowed: AllowedActions;
}

/**
 * One page of `GET /datasources`.
 *
 * @public
 */
export interface DatasourceList {
  /** The datasources of this page. */
  items: DatasourceSummary[];
  /** What the next page is asked for with; absent on the last one. */
  nextCursor?: string;
  /** Capped count of all that match. */
  totalItems?: number;
  /** Whether the caller may create a datasource. */
  mayCreate: boolean;
}

/**
 * How a datasource differs from what app-config says.
 *
 * @public
 */
export interface DatasourceDrift {
  /**
   * `declaration_unused`: it is declared, but one of that name was stored before and is used. `replicas_differ`: another
   * replica was started with another declaration.
   */
  kind: 'declaration_unused' | 'replicas_differ';
  /** Paths of the settings and secrets that differ; none where only one of the two is there. */
  settings: string[];
}

/**
 * A datasource with its settings, never with a secret.
 *
 * @public
 */
export interface Datasource extends DatasourceSettingsView {
  /** Where its settings are: stored, or declared in app-config. */
  source: 'database' | 'config';
  /** Absent where it is what app-config says, or app-config says nothing of it. */
  drift?: DatasourceDrift;
  /** Of the settings; a save names it in `If-Match`. */
  version: number;
  /** Whether there is a credential, and how it fares. */
  status: DatasourceStatus;
  /** What the caller may do with it. */
  allowed: AllowedActions;
  /** The redirect URI, byte for byte as it is sent. */
  callbackUrl: string;
  /** Epoch milliseconds. */
  createdAt: number;
  /** User entity ref of who made it, if a person did. */
  createdBy?: string;
  /** Epoch milliseconds of the last save. */
  updatedAt: number;
  /** User entity ref of who saved last. */
  updatedBy?: string;
}

/**
 * How far an attempt at obtaining a credential has come. `granted` waits to be saved, `consumed` was.
 *
 * @public
 */
export type AuthorizationStatus =
  | 'pending'
  | 'redirected'
  | 'exchanging'
  | 'returned'
  | 'granted'
  | 'consumed'
  | 'failed';

/**
 * What a staged credential is, without any of its tokens.
 *
 * @public
 */
export interface StagedCredential {
  /** Epoch milliseconds. */
  obtainedAt: number;
  /** Epoch milliseconds; absent where the provider states none. */
  expiresAt?: number;
  /** Epoch milliseconds at which the refresh token ends, where the provider says. */
  refreshExpiresAt?: number;
  /** Granted scope, space separated. */
  scope?: string;
  /** Requested scopes that were not granted. */
  missingScopes?: string[];
  /** Whether it can be renewed without a person. */
  hasRefreshToken: boolean;
  /** The account it acts as, where the provider says. */
  account?: string;
  /** As the provider answered, such as `bearer`. */
  tokenType?: string;
}

/**
 * One attempt at obtaining a credential, which is also the editor's draft.
 *
 * @public
 */
export interface Authorization {
  /** A UUID; only the user who made the attempt can read it. */
  id: string;
  /** How far it has come. */
  status: AuthorizationStatus;
  /** Name of the saved datasource, if there is one. */
  datasource?: string;
  /** Whether the credential becomes effective without a save. */
  commit: boolean;
  /** Whether the person went to the provider in a window of its own or in the same tab. */
  display: 'popup' | 'page';
  /** Epoch milliseconds; each read by its user moves it on. */
  expiresAt: number;
  /** Only in the answer to the request that made the attempt. */
  startUrl?: string;
  /** Only in the answer to the request that made the attempt: valid for 60 seconds, once. */
  ticket?: string;
  /** It answers somebody's request: then neither the datasource nor its settings are told. */
  requested?: boolean;
  /** The form as it was sent, without secrets. */
  settings?: DatasourceSettingsView;
  /** What was obtained, once it is granted. */
  staged?: StagedCredential;
  /** Why it failed, once it did. */
  error?: Diagnosis;
}

/**
 * Answer of the token call.
 *
 * @public
 */
export interface TokenResponse {
  /** Secret. Never part of a log, a URL or an error. */
  accessToken: string;
  /** As the provider answered, such as `bearer`. */
  tokenType: string;
  /** Epoch milliseconds; absent where the provider states none. */
  expiresAt?: number;
  /** Granted scope, space separated. */
  scope?: string;
  /** The header to send, with the token in its value. */
  header: { name: string; value: string };
  /** Members kept from the callback and the token response, such as `instance_url`. */
  kept: Record<string, string>;
  /** What relative paths of calls start from. */
  baseUrl?: string;
  /** The hosts, with port where it is not the usual one, that may be sent the token. */
  allowedHosts: string[];
  /** HTTP statuses with which the API says that the token is not accepted. */
  rejectedStatuses: number[];
  /** Where calls may go: the rules of `datasourceAuth.egress`. */
  egress: DestinationPolicy;
  /** Changes with every stored token and with every change of settings. */
  version: string;
}

/**
 * One step of a connection test.
 *
 * @public
 */
export interface TestStep {
  /** Which one it is, in the order in which they run. */
  step: 'settings' | 'token' | 'call';
  /** Whether it succeeded. */
  ok: boolean;
  /** What was seen, in a sentence. */
  message: string;
  /** Cause and remedy of a failure. */
  diagnosis?: Diagnosis;
}

/**
 * Outcome of a connection test: never the body of an answer.
 *
 * @public
 */
export interface TestResult {
  /** Whether every step succeeded. */
  ok: boolean;
  /** What was tried, in order. */
  steps: TestStep[];
  /** HTTP status of the test call. */
  status?: number;
  /** Media type of the answer. */
  contentType?: string;
  /** Bytes. */
  size?: number;
  /** Milliseconds. */
  duration?: number;
  /** Epoch milliseconds. */
  testedAt: number;
}

/**
 * What a refresh rehearsal showed: a real renewal, on demand.
 *
 * @public
 */
export interface RehearsalResult {
  /** Whether the credential can be renewed without a person. */
  ok: boolean;
  /**
   * `rotated`: renewed, with a new refresh token. `unchanged`: renewed, the refresh token is the same. `renewed`: the
   * grant was run again. `no_refresh_token`: a person will be needed.
   */
  verdict: 'rotated' | 'unchanged' | 'renewed' | 'no_refresh_token' | 'failed';
  /** The verdict in a sentence. */
  message: string;
  /** Cause and remedy of a failure. */
  diagnosis?: Diagnosis;
  /** Epoch milliseconds. */
  rehearsedAt: number;
}

/**
 * One entry of a datasource's timeline.
 *
 * @public
 */
export interface ActivityEntry {
  /** Names it; nothing else follows from it. */
  id: string;
  /** Epoch milliseconds. */
  at: number;
  /** What happened, such as `updated` or `refreshed`. */
  kind: string;
  /** User entity ref, `plugin:x` or `external:x`. */
  actor?: string;
  /** What belongs to this kind; never a secret or a token. */
  details: Record<string, unknown>;
}

/**
 * Query of `GET /datasources/{name}/activity`.
 *
 * @public
 */
export interface ActivityQuery {
  /** Most entries of a page. */
  limit?: number;
  /** Epoch milliseconds: only what happened earlier. */
  before?: number;
  /** Kinds, separated by commas. */
  kind?: string;
  /** User entity ref, `plugin:x` or `external:x`: only what this one did. */
  actor?: string;
}

/**
 * One page of a datasource's timeline, newest first.
 *
 * @public
 */
export interface ActivityPage {
  /** The entries of this page. */
  items: ActivityEntry[];
  /** What the next page is asked for with as `before`; absent on the last one. */
  nextBefore?: number;
}

/**
 * A setting that was changed by a save, as it stands in the `changes` of an `updated` entry.
 *
 * @public
 */
export interface SettingChange {
  /** Dotted path of the setting. */
  path: string;
  /** The value before, in short; absent where there was none, and for a secret. */
  before?: string;
  /** The value since then, in short; absent where there is none, and for a secret. */
  after?: string;
  /** What became of a secret, whose values are told by nobody. */
  secret?: 'set' | 'replaced' | 'removed';
}

/**
 * Who used a datasource. Times are the beginning of an hour.
 *
 * @public
 */
export interface ConsumerUsage {
  /** Plugin id; `@users` and `@external` are the people and the external tokens that came through the gateway. */
  plugin: string;
  /** Whether it is among the consumers. */
  allowed: boolean;
  /** Start of the hour in which it first asked; epoch milliseconds. */
  firstSeenAt?: number;
  /** Start of the hour in which it was last given a token; epoch milliseconds. */
  lastUsedAt?: number;
  /** Tokens it was given in the last 24 hours. */
  handOuts24h: number;
  /** Tokens that the API rejected in the last 24 hours. */
  rejections24h: number;
  /** Times it asked without being allowed. */
  refusals24h: number;
}

/**
 * Whom a change of a datasource or its credential touches: who took tokens in the last 24 hours, most first.
 *
 * @public
 */
export interface Impact {
  /** Who took tokens, most first. */
  consumers: Array<
    Pick<ConsumerUsage, 'plugin' | 'handOuts24h' | 'lastUsedAt'>
  >;
  /** Tokens that all of them were given. */
  handOuts24h: number;
}

/**
 * How often a datasource was used in one hour.
 *
 * @public
 */
export interface UsageHour {
  /** Start of the hour, epoch milliseconds. */
  hour: number;
  /** Tokens that were given. */
  handOuts: number;
  /** Tokens that an API rejected. */
  rejections: number;
  /** Requests of plugins that are not among the consumers. */
  refusals: number;
}

/**
 * Answer of `GET /datasources/{name}/consumers`.
 *
 * @public
 */
export interface Consumers {
  /** Who used it or may, one entry each. */
  items: ConsumerUsage[];
  /** The last seven days, oldest hour first; hours without use are left out. */
  hours: UsageHour[];
}

/**
 * Body of `POST /imports/issuer`.
 *
 * @public
 */
export const issuerImportSchema = z.strictObject({
  issuer: z.string().min(1).max(2_000),
});

/**
 * A setup check of the instance.
 *
 * @public
 */
export interface HealthCheck {
  /** Stable name of the check. */
  id: string;
  /** `advice` works, but less well than it could; `unknown` means that the check could not be made. */
  state: 'ok' | 'advice' | 'problem' | 'unknown';
  /** What is checked, in a few words. */
  title: string;
  /** What was seen. */
  detail?: string;
  /** What to do. */
  remedy?: string;
}

/**
 * Answer of `GET /health`: facts of this instance that the page needs, and its setup checks.
 *
 * @public
 */
export interface Health {
  /** The shared redirect URI, byte for byte. */
  callbackUrl: string;
  /** Whether the operator allows the password grant. */
  passwordGrantEnabled: boolean;
  /** What was looked at, in the order to show. */
  checks: HealthCheck[];
}

/**
 * What a plugin sees of a datasource it may consume.
 *
 * @public
 */
export interface ConsumableDatasource {
  /** What tokens are asked for with. */
  name: string;
  /** What people call it. */
  title?: string;
  /** Whether there is a credential, and why it is or is not usable. */
  status: { state: DatasourceState; reason: string };
}
