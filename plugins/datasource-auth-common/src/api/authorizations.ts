import { z } from 'zod';
import { datasourceRefSchema } from '../names';
import { schemaOf } from '../schemaOf';
import {
  DatasourceSettingsInput,
  datasourceSettingsSchema,
  DatasourceSettingsView,
} from '../settings';
import { Diagnosis } from '../status';

/**
 * Body of `POST /authorizations`.
 *
 * @public
 */
export interface AuthorizationCreate {
  /** Name of the saved datasource, if there is one. */
  datasource?: string;
  /** The form, if it isn't saved. */
  settings?: DatasourceSettingsInput;
  /** Stores the credential as soon as the user finishes (list and detail page). Not with `settings`. */
  commit?: boolean;
  /** Where the provider's page opens; `popup` by default. */
  display?: 'popup' | 'page';
  /** An earlier attempt of the same user that has the secrets of the form. */
  authorizationId?: string;
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
    })
    .superRefine((body, ctx) => {
      const fail = (message: string) =>
        ctx.addIssue({ code: 'custom', message });
      if (body.commit && body.settings)
        fail('commit uses the saved settings. Omit settings');
      if (body.commit && !body.datasource) fail('commit requires datasource');
      if (!body.settings && !body.datasource)
        fail('Enter settings or datasource');
    }),
);

/**
 * Body of `POST /authorizations/{id}/completion`: what the browser brought back from the provider.
 *
 * @public
 */
export const completionSchema = z.strictObject({
  completion: z.string().min(20).max(200),
});

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
