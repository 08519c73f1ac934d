import { z } from 'zod';
import { ClientAuthenticationMethod } from '../clientAuthentications';
import { valueSchema } from '../settingValues';
import type { TemplateReach } from '../TemplateReach';

/** Schemas of parameters, which refuse the names that any grant reserves. */
export interface ParameterSchemas {
  /** Extra parameters, plain or secret. */
  params: z.ZodRecord<z.ZodString, typeof valueSchema>;
  /** The standard name to the provider's; the empty text drops the parameter. */
  rename: z.ZodRecord<z.ZodString, z.ZodString>;
}

/**
 * Everything that the rest of the suite has to know of a grant. Paths are dotted and start at the datasource's settings.
 * How its token request looks on the wire is in the backend's `oauth/grants`, its fields on the page in `kinds`.
 *
 * @public
 */
export interface GrantDescriptor {
  /** English name, as error texts say it. */
  readonly name: string;
  /** Who approves the first token: a person in a browser, or nobody. */
  readonly approval: 'person' | 'none';
  /** How a token is replaced unless `auth.refresh.mode` says otherwise: with its refresh token, or by the grant again. */
  readonly renewal: 'refresh_token' | 'grant';
  /** Whether token responses can have a refresh token. */
  readonly issuesRefreshTokens: boolean;
  /** Whether administrators can switch the grant off (`datasourceAuth.passwordGrant.enabled`). */
  readonly canBeDisabled?: boolean;
  /** Whether a refused request must not be repeated unchanged, because each try can lock an account. */
  readonly locksAccounts?: boolean;
  /** Whether the client needs an ID: always, unless it has a secret alone, or never. */
  readonly clientId: 'required' | 'omittable' | 'optional';
  /** The client authentication that applies when none is set. */
  readonly clientAuthentication: ClientAuthenticationMethod;
  /** Paths and English labels of the settings without which no token can be requested, in the order of the page. */
  readonly required: Readonly<Record<string, string>>;
  /** Paths of secrets. */
  readonly secrets: readonly string[];
  /** Paths of maps whose values can be marked as secret. */
  readonly valueMaps: readonly string[];
  /** Paths of settings that decide where secrets and tokens go, or as whom a token is requested. */
  readonly binding: readonly string[];
  /** Paths of URLs to which secrets or people are sent. */
  readonly endpoints: readonly string[];
  /** Paths in which templates are filled, and who sees the result. */
  readonly templates: Readonly<Record<string, TemplateReach>>;
  /** Parameters that Backstage sets itself in the messages of this grant. */
  readonly reserved: readonly string[];
  /** Of these, those that protect the exchange: they may be renamed, but never dropped. */
  readonly undroppable: readonly string[];
  /** Members of `auth` that belong to one account or client, so that no preset can have them. */
  readonly personal: readonly string[];
  /** Names of this grant's flow in OpenAPI 3 and, where they differ, in Swagger 2.0. */
  readonly openApiFlows: readonly string[];
}

/** A grant with the schemas of its settings. */
export interface GrantDefinition extends GrantDescriptor {
  /** Members of `auth` that only this grant uses. Other grants keep them, so that changing back loses nothing. */
  readonly members: (schemas: ParameterSchemas) => z.ZodRawShape;
}
