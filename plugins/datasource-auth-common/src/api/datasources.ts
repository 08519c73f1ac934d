import { z } from 'zod';
import { GrantType } from '../grants';
import { schemaOf } from '../schemaOf';
import {
  DatasourceSettingsInput,
  datasourceSettingsSchema,
  DatasourceSettingsView,
} from '../settings';
import { DatasourceState, DatasourceStatus } from '../status';

/**
 * What a save does with the credential, in the same transaction.
 *
 * @public
 */
export type CredentialAction =
  | { action: 'keep' }
  | { action: 'clear'; revoke?: boolean }
  | { action: 'replace'; authorizationId: string; revoke?: boolean };

export const credentialActionSchema = schemaOf<CredentialAction>()(
  z.discriminatedUnion('action', [
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
  ]),
);

/**
 * Body of `POST /datasources` and `PUT /datasources/{name}`.
 *
 * @public
 */
export interface DatasourceWrite extends DatasourceSettingsInput {
  /** Keeps the credential by default. */
  credential?: CredentialAction;
  /** The attempt that has the secrets of the form, which the page lost when the provider's page opened in its tab. */
  authorizationId?: string;
}

/**
 * Schema of a `DatasourceWrite`.
 *
 * @public
 */
export const datasourceWriteSchema = schemaOf<DatasourceWrite, any>()(
  datasourceSettingsSchema.safeExtend({
    credential: credentialActionSchema.default({ action: 'keep' }),
    authorizationId: z.uuid().optional(),
  }),
);

/**
 * Query of `GET /datasources`.
 *
 * @public
 */
export interface DatasourceListQuery {
  /** Part of a name or title. */
  search?: string;
  /** States, separated by commas. */
  status?: string;
  /** Grant types, separated by commas. */
  grantType?: string;
  /** Entity refs, separated by commas. */
  owner?: string;
  /** Id of a plugin that is allowed to get tokens. */
  consumer?: string;
  /** Whether the datasource needs attention. */
  attention?: 'true' | 'false';
  /** Most entries of a page. */
  limit?: number;
  /** Where the page starts: `nextCursor` of the page before. */
  cursor?: string;
}

/**
 * Schema of a `DatasourceListQuery`.
 *
 * @public
 */
export const datasourceListQuerySchema = schemaOf<DatasourceListQuery, any>()(
  z.object({
    search: z.string().max(200).optional(),
    status: z.string().max(200).optional(),
    grantType: z.string().max(200).optional(),
    owner: z.string().max(2_000).optional(),
    consumer: z.string().max(100).optional(),
    attention: z.enum(['true', 'false']).optional(),
    limit: z.coerce.number<number>().int().min(1).max(200).default(50),
    cursor: z.string().max(1_000).optional(),
  }),
);

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
