import { z } from 'zod';
import { PendingConnection } from './connections';
import { datasourceRefSchema } from '../names';
import { schemaOf } from '../schemaOf';
import {
  DatasourceSettingsInput,
  datasourceSettingsSchema,
  DatasourceSettingsView,
} from '../settings';
import { Diagnosis } from '../status';
import { addFault, fault } from '../faults';

/**
 * Body of `POST /authorizations`.
 *
 * @public
 */
export interface AuthorizationCreate {
  /** Name of the saved datasource, if any. */
  datasource?: string;
  /** The unsaved settings of the form. */
  settings?: DatasourceSettingsInput;
  /** Stores the credential as soon as the user approves (list and detail page). Can't be combined with `settings`. */
  commit?: boolean;
  /** Where the provider's page opens. Defaults to `popup`. */
  display?: 'popup' | 'page';
  /** An earlier attempt of the same user that holds the secrets of the form. */
  authorizationId?: string;
  /** `user`: connects the caller's own account to the saved datasource, once they confirm it. */
  subject?: 'service' | 'user';
}

/**
 * Schema of an `AuthorizationCreate`.
 *
 * @public
 */
export const authorizationCreateSchema = schemaOf<AuthorizationCreate, any>()(
  z
    .strictObject({
      datasource: datasourceRefSchema.optional(),
      settings: datasourceSettingsSchema.optional(),
      commit: z.boolean().optional(),
      display: z.enum(['popup', 'page']).default('popup'),
      authorizationId: z.uuid().optional(),
      subject: z.enum(['service', 'user']).optional(),
    })
    .superRefine((body, ctx) => {
      if (body.commit && body.settings)
        addFault(ctx, fault('fault.commitWithSettings'));
      if (body.commit && !body.datasource)
        addFault(ctx, fault('fault.commitWithoutDatasource'));
      if (
        body.subject === 'user' &&
        (body.settings || body.commit || body.authorizationId)
      )
        addFault(ctx, fault('fault.connectionAlone'));
      if (!body.settings && !body.datasource)
        addFault(ctx, fault('fault.settingsOrDatasource'));
    }),
);

/**
 * Body of `POST /authorizations/{id}/completion`: the values that the provider sent back through the browser.
 *
 * @public
 */
export const completionSchema = z.strictObject({
  completion: z.string().min(20).max(200),
});

/**
 * State of an authorization attempt. `granted`: waiting to be saved. `consumed`: saved.
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
 * Describes a staged credential without its tokens.
 *
 * @public
 */
export interface StagedCredential {
  /** Epoch milliseconds. */
  obtainedAt: number;
  /** Epoch milliseconds; absent if the provider states no expiry. */
  expiresAt?: number;
  /** Epoch milliseconds at which the refresh token expires, if the provider states it. */
  refreshExpiresAt?: number;
  /** Granted scope, space-separated. */
  scope?: string;
  /** Requested scopes that were not granted. */
  missingScopes?: string[];
  /** Whether the provider issued a refresh token. */
  hasRefreshToken: boolean;
  /** Whether it can be refreshed without a person. */
  renewable?: boolean;
  /** The account it acts as, if the provider states it. */
  account?: string;
  /** Token type as the provider returned it, such as `bearer`. */
  tokenType?: string;
}

/**
 * An authorization attempt, which also holds the editor's draft.
 *
 * @public
 */
export interface Authorization {
  /** A UUID. Only the user who started the attempt can read it. */
  id: string;
  /** State of the attempt. */
  status: AuthorizationStatus;
  /** Name of the saved datasource, if any. */
  datasource?: string;
  /** Whether the credential takes effect without a save. */
  commit: boolean;
  /** Whether the provider's page opened in a separate window or in the same tab. */
  display: 'popup' | 'page';
  /** Epoch milliseconds. Each read by its user extends it. */
  expiresAt: number;
  /** Only in the response to the request that started the attempt. */
  startUrl?: string;
  /** Only in the response to the request that started the attempt. Valid once, for 60 seconds. */
  ticket?: string;
  /** Whether it responds to an approval request. If so, the datasource and its settings are omitted. */
  requested?: boolean;
  /** If it connects the caller's own account: what the caller agrees to. The settings are omitted. */
  connection?: PendingConnection;
  /** The submitted form, without secrets. */
  settings?: DatasourceSettingsView;
  /** The credential that was obtained, once granted. */
  staged?: StagedCredential;
  /** Why it failed, if it did. */
  error?: Diagnosis;
}
