import { z } from 'zod';
import { GrantType } from '../grants';
import { GRANTS_AND_KINDS, Kind } from '../kinds/descriptors';
import { schemaOf } from '../schemaOf';
import {
  DatasourceSettingsInput,
  datasourceSettingsSchema,
  DatasourceSettingsView,
} from '../settings';
import { DatasourceState, DatasourceStatus } from '../status';
import { addFault, fault } from '../faults';
import { TestResult } from './verification';

/**
 * What a save does with the credential in the same transaction.
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
  /** The attempt that holds the secrets of the form, which the page lost when the provider's page opened in its tab. */
  authorizationId?: string;
  /**
   * The attempt that last tried these settings and secrets. If it or its test failed, the datasource shows that until a
   * later test.
   */
  testedAuthorizationId?: string;
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
    testedAuthorizationId: z.uuid().optional(),
  }),
);

/**
 * Query of `GET /datasources`.
 *
 * @public
 */
export interface DatasourceListQuery {
  /** Substring of a name or title. */
  search?: string;
  /** States, comma-separated. */
  status?: string;
  /** Grant types and kinds without a grant (`static`, `jwt`, `none`), comma-separated. */
  way?: string;
  /** Entity refs, comma-separated. */
  owner?: string;
  /** ID of a plugin that is allowed to get tokens. */
  consumer?: string;
  /** Whether the datasource needs attention. */
  attention?: 'true' | 'false';
  /** Maximum number of entries on a page. */
  limit?: number;
  /** Start of the page: `nextCursor` of the previous page. */
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
    way: z
      .string()
      .max(200)
      .superRefine((list, ctx) => {
        const known: readonly string[] = GRANTS_AND_KINDS;
        if (!list.split(',').every(way => !way || known.includes(way)))
          addFault(ctx, fault('fault.wayUnknown', { ways: known.join(', ') }));
      })
      .optional(),
    owner: z.string().max(2_000).optional(),
    consumer: z.string().max(100).optional(),
    attention: z.enum(['true', 'false']).optional(),
    limit: z.coerce.number<number>().int().min(1).max(200).default(50),
    cursor: z.string().max(1_000).optional(),
  }),
);

/**
 * The caller's permissions on a datasource.
 *
 * @public
 */
export interface AllowedActions {
  /** Change the settings. */
  update: boolean;
  /** Also allow more consumers, hosts, gateway routes, and scopes. */
  grant: boolean;
  /** Delete the datasource. */
  delete: boolean;
  /** Get a credential, test it, and run a refresh rehearsal. */
  authorize: boolean;
  /** Clear the credential. */
  clear: boolean;
  /** Ask someone else to authorize it. */
  ask?: boolean;
  /** List who is connected, and end their connections. */
  connections?: boolean;
}

/**
 * A datasource in a list.
 *
 * @public
 */
export interface DatasourceSummary {
  /** Immutable and unique in the installation. */
  name: string;
  /** Display name; falls back to the name. */
  title?: string;
  /** Entity ref of the group or user that owns it. */
  owner?: string;
  /** The owner's keywords for search. */
  tags?: string[];
  /** Where its settings are stored: in the database, or declared in app-config. */
  source: 'database' | 'config';
  /** How the API authenticates. */
  type: Kind;
  /** How its credential is obtained, where a provider issues it. */
  grantType?: GrantType;
  /** Host of the base URL, or of the token URL. */
  host?: string;
  /** IDs of the plugins that may get tokens; `*` allows every plugin. */
  consumers: '*' | string[];
  /** State of its credential. */
  status: DatasourceStatus;
  /** Version of the settings; a save sends it in `If-Match`. */
  version: number;
  /** The caller's permissions on it. */
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
  /** Pass this as `cursor` to get the next page; absent on the last page. */
  nextCursor?: string;
  /** Number of all matches, capped. */
  totalItems?: number;
  /** Whether the caller may create a datasource. */
  mayCreate: boolean;
}

/**
 * How a datasource differs from app-config.
 *
 * @public
 */
export interface DatasourceDrift {
  /**
   * `declaration_unused`: it is declared, but an older stored datasource of that name is used instead.
   * `replicas_differ`: another replica was started with a different declaration.
   */
  kind: 'declaration_unused' | 'replicas_differ';
  /** Paths of the settings and secrets that differ; absent if only one of the two exists. */
  settings: string[];
}

/**
 * A datasource with its settings, without secrets.
 *
 * @public
 */
export interface Datasource extends DatasourceSettingsView {
  /** Where its settings are stored: in the database, or declared in app-config. */
  source: 'database' | 'config';
  /** Absent if it matches app-config or isn't declared there. */
  drift?: DatasourceDrift;
  /** Version of the settings; a save sends it in `If-Match`. */
  version: number;
  /** State of its credential. */
  status: DatasourceStatus;
  /** The last test, also of the saved draft, if it failed and nothing worked since. */
  failedTest?: TestResult;
  /** Number of people who are connected, if they use their own accounts. */
  connections?: number;
  /** The caller's permissions on it. */
  allowed: AllowedActions;
  /** The redirect URI exactly as it is sent. */
  callbackUrl: string;
  /** Epoch milliseconds. */
  createdAt: number;
  /** User entity ref of the creator, if a person created it. */
  createdBy?: string;
  /** Epoch milliseconds of the last save. */
  updatedAt: number;
  /** User entity ref of the person who saved last. */
  updatedBy?: string;
}

/**
 * A datasource as the plugins that may use it see it.
 *
 * @public
 */
export interface ConsumableDatasource {
  /** The name to request tokens with. */
  name: string;
  /** Display name. */
  title?: string;
  /** Whether the credential is usable, and why. */
  status: { state: DatasourceState; reason: string };
}
