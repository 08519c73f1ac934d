import { z } from 'zod';
import {
  datasourceSettingsSchema,
  DatasourceSettingsView,
  GrantType,
} from './settings';
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

/** @public */
export type CredentialAction = z.output<typeof credentialActionSchema>;

/**
 * Body of `POST /datasources` and `PUT /datasources/{name}`. `authorizationId` names the attempt whose sealed form
 * holds the secrets that the page no longer has after the same-tab way.
 *
 * @public
 */
export const datasourceWriteSchema = datasourceSettingsSchema.extend({
  credential: credentialActionSchema.default({ action: 'keep' }),
  authorizationId: z.uuid().optional(),
});

/** @public */
export type DatasourceWrite = z.input<typeof datasourceWriteSchema>;

/**
 * Body of `POST /authorizations`.
 *
 * @public
 */
export const authorizationCreateSchema = z
  .strictObject({
    /** Name of the saved datasource, if there is one. */
    datasource: z.string().max(63).optional(),
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

/** @public */
export type AuthorizationCreate = z.input<typeof authorizationCreateSchema>;

/** @public */
export const completionSchema = z.strictObject({
  completion: z.string().min(20).max(200),
});

/** @public */
export const tokenRequestSchema = z.strictObject({
  minValiditySeconds: z.number().min(0).max(86_400).optional(),
  /** A token that the API rejected: another one is wanted. */
  rejectedToken: z.string().max(20_000).optional(),
});

/** @public */
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

/** @public */
export type DatasourceListQuery = Partial<
  z.input<typeof datasourceListQuerySchema>
>;

/**
 * What the caller may do with a datasource.
 *
 * @public
 */
export interface AllowedActions {
  update: boolean;
  delete: boolean;
  authorize: boolean;
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
  name: string;
  title?: string;
  owner?: string;
  tags?: string[];
  source: 'database' | 'config';
  grantType: GrantType;
  /** Host of the base URL, or of the token URL. */
  host?: string;
  consumers: '*' | string[];
  status: DatasourceStatus;
  version: number;
  allowed: AllowedActions;
}

/** @public */
export interface DatasourceList {
  items: DatasourceSummary[];
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
  source: 'database' | 'config';
  /** Absent where it is what app-config says, or app-config says nothing of it. */
  drift?: DatasourceDrift;
  version: number;
  status: DatasourceStatus;
  allowed: AllowedActions;
  /** The redirect URI, byte for byte as it is sent. */
  callbackUrl: string;
  createdAt: number;
  createdBy?: string;
  updatedAt: number;
  updatedBy?: string;
}

/** @public */
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
  obtainedAt: number;
  expiresAt?: number;
  refreshExpiresAt?: number;
  scope?: string;
  /** Requested scopes that were not granted. */
  missingScopes?: string[];
  hasRefreshToken: boolean;
  account?: string;
  tokenType?: string;
}

/**
 * One attempt at obtaining a credential, which is also the editor's draft.
 *
 * @public
 */
export interface Authorization {
  id: string;
  status: AuthorizationStatus;
  datasource?: string;
  commit: boolean;
  /** Whether the person went to the provider in a window of its own or in the same tab. */
  display: 'popup' | 'page';
  expiresAt: number;
  /** Only in the answer to the request that made the attempt. */
  startUrl?: string;
  /** Only in the answer to the request that made the attempt: valid for 60 seconds, once. */
  ticket?: string;
  /** It answers somebody's request: then neither the datasource nor its settings are told. */
  requested?: boolean;
  /** The form as it was sent, without secrets. */
  settings?: DatasourceSettingsView;
  staged?: StagedCredential;
  error?: Diagnosis;
}

/**
 * Answer of the token call.
 *
 * @public
 */
export interface TokenResponse {
  accessToken: string;
  tokenType: string;
  /** Epoch milliseconds; absent where the provider states none. */
  expiresAt?: number;
  scope?: string;
  header: { name: string; value: string };
  /** Members kept from the callback and the token response, such as `instance_url`. */
  kept: Record<string, string>;
  baseUrl?: string;
  allowedHosts: string[];
  rejectedStatuses: number[];
  /** Changes with every stored token and with every change of settings. */
  version: string;
}

/**
 * One step of a connection test.
 *
 * @public
 */
export interface TestStep {
  step: 'settings' | 'token' | 'call';
  ok: boolean;
  message: string;
  diagnosis?: Diagnosis;
}

/**
 * Outcome of a connection test: never the body of an answer.
 *
 * @public
 */
export interface TestResult {
  ok: boolean;
  steps: TestStep[];
  /** HTTP status of the test call. */
  status?: number;
  contentType?: string;
  /** Bytes. */
  size?: number;
  /** Milliseconds. */
  duration?: number;
  testedAt: number;
}

/**
 * What a refresh rehearsal showed: a real renewal, on demand.
 *
 * @public
 */
export interface RehearsalResult {
  ok: boolean;
  /**
   * `rotated`: renewed, with a new refresh token. `unchanged`: renewed, the refresh token is the same. `renewed`: the
   * grant was run again. `no_refresh_token`: a person will be needed.
   */
  verdict: 'rotated' | 'unchanged' | 'renewed' | 'no_refresh_token' | 'failed';
  /** The verdict in a sentence. */
  message: string;
  diagnosis?: Diagnosis;
  rehearsedAt: number;
}

/**
 * One entry of a datasource's timeline.
 *
 * @public
 */
export interface ActivityEntry {
  id: string;
  at: number;
  kind: string;
  /** User entity ref, `plugin:x` or `external:x`. */
  actor?: string;
  details: Record<string, unknown>;
}

/**
 * Query of `GET /datasources/{name}/activity`.
 *
 * @public
 */
export interface ActivityQuery {
  limit?: number;
  /** Epoch milliseconds: only what happened earlier. */
  before?: number;
  /** Kinds, separated by commas. */
  kind?: string;
  actor?: string;
}

/**
 * One page of a datasource's timeline, newest first.
 *
 * @public
 */
export interface ActivityPage {
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
  firstSeenAt?: number;
  lastUsedAt?: number;
  handOuts24h: number;
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
  consumers: Array<
    Pick<ConsumerUsage, 'plugin' | 'handOuts24h' | 'lastUsedAt'>
  >;
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
  id: string;
  ok: boolean;
  title: string;
  detail?: string;
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
  passwordGrantEnabled: boolean;
  checks: HealthCheck[];
}

/**
 * What a plugin sees of a datasource it may consume.
 *
 * @public
 */
export interface ConsumableDatasource {
  name: string;
  title?: string;
  status: { state: DatasourceState; reason: string };
}
