import { z } from 'zod';
import { ClientAuthenticationMethod } from '../clientAuthentications';
import { valueSchema } from '../settingValues';
import type { TemplateReach } from '../TemplateReach';

/** Schemas of parameters. They reject the names that any grant reserves. */
export interface ParameterSchemas {
  /** Extra parameters, plain or secret. */
  params: z.ZodRecord<z.ZodString, typeof valueSchema>;
  /** Maps standard names to the provider's names; an empty string omits the parameter. */
  rename: z.ZodRecord<z.ZodString, z.ZodString>;
}

/**
 * Everything that other packages need to know about a grant. Paths are dotted and start at the datasource's settings.
 * The backend's `oauth/grants` builds its token request, and the page's `kinds` has its fields.
 *
 * @public
 */
export interface GrantDescriptor {
  /** English name for error messages. */
  readonly name: string;
  /** Whether a person approves the first token in a browser. */
  readonly approval: 'person' | 'none';
  /** How a token is refreshed unless `auth.refresh.mode` is set: with its refresh token, or by repeating the grant. */
  readonly renewal: 'refresh_token' | 'grant';
  /** Whether token responses can contain a refresh token. */
  readonly issuesRefreshTokens: boolean;
  /** Whether administrators can disable the grant (`datasourceAuth.passwordGrant.enabled`). */
  readonly canBeDisabled?: boolean;
  /** Whether a rejected request must not be repeated unchanged, because each attempt can lock an account. */
  readonly locksAccounts?: boolean;
  /** Whether the client needs an ID: always, unless it has only a secret, or never. */
  readonly clientId: 'required' | 'omittable' | 'optional';
  /** The default client authentication. */
  readonly clientAuthentication: ClientAuthenticationMethod;
  /** Paths and English labels of the settings that are required to request a token, in the order of the page. */
  readonly required: Readonly<Record<string, string>>;
  /** Paths of secrets. */
  readonly secrets: readonly string[];
  /** Paths of maps whose values can be marked as secret. */
  readonly valueMaps: readonly string[];
  /** Paths of settings that decide where secrets and tokens are sent, or as whom a token is requested. */
  readonly binding: readonly string[];
  /** Paths of URLs that receive secrets, or where people approve. */
  readonly endpoints: readonly string[];
  /** Paths in which templates are filled, and who sees the result. */
  readonly templates: Readonly<Record<string, TemplateReach>>;
  /** Parameters that Backstage sets in the requests of this grant. */
  readonly reserved: readonly string[];
  /** Those of them that protect the exchange: they can be renamed, but not omitted. */
  readonly undroppable: readonly string[];
  /** Properties of `auth` that belong to one account or client, so presets can't have them. */
  readonly personal: readonly string[];
  /** Names of this flow in OpenAPI 3 and, if different, in Swagger 2.0. */
  readonly openApiFlows: readonly string[];
}

/** A grant with the schemas of its settings. */
export interface GrantDefinition extends GrantDescriptor {
  /** Properties of `auth` that only this grant uses. Other grants keep them, so switching back loses nothing. */
  readonly members: (schemas: ParameterSchemas) => z.ZodRawShape;
}
