import { z } from 'zod';
import { GrantType } from './grants';
import { OpenApiKey, OpenApiKeys, OpenApiOther } from './openApiKeys';
import { OAuthDraft } from './presetDraft';
import { schemaOf } from './schemaOf';
import { FAULTS } from './faults';

/**
 * Body of `POST /imports/openapi`: exactly one of the API description itself (JSON or YAML), its address, or a catalog
 * entity that has one.
 *
 * @public
 */
export interface OpenApiImport {
  /** JSON or YAML. */
  document?: string;
  /** Its address. */
  url?: string;
  /** An entity of kind API. */
  entityRef?: string;
}

/**
 * Schema of an `OpenApiImport`.
 *
 * @public
 */
export const openApiImportSchema = schemaOf<OpenApiImport>()(
  z
    .strictObject({
      document: z.string().min(1).optional(),
      url: z.string().min(1).max(2_000).optional(),
      entityRef: z.string().min(1).max(300).optional(),
    })
    .refine(
      ({ document, url, entityRef }) =>
        [document, url, entityRef].filter(source => source !== undefined)
          .length === 1,
      { error: FAULTS.documentSource },
    ),
);

/**
 * A value from an API description as written there, which may be relative, templated, or empty.
 *
 * @public
 */
export interface OpenApiValue {
  /** As written in the document. */
  value: string;
  /** JSON pointer (RFC 6901 section 6), prefixed with the document's address if it isn't the imported document. */
  from: string;
  /** Absolute URL; absent for a relative value, which is resolved against the chosen server. */
  problem?: OpenApiProblem;
}

/**
 * Why a value can't be used as it is. `blocked` ones can be used once an administrator allows the address.
 *
 * @public
 */
export interface OpenApiProblem {
  /** Stable code, for translation. */
  code:
    | 'empty'
    | 'not_a_url'
    | 'not_an_issuer'
    | 'no_server'
    | 'no_value'
    | 'blocked';
  /** A clause that follows the name of the value; for `blocked`, a complete sentence. */
  message: string;
}

/**
 * A server from the API description, or the one derived from the description's own address.
 *
 * @public
 */
export interface OpenApiServer {
  /** Possibly relative, and with `{variables}`. */
  url: string;
  /** Description from the document. */
  description?: string;
  /** The variables in its address. */
  variables: OpenApiVariable[];
  /** JSON pointer to it. */
  from: string;
  /** Why its address can't be used with the default values of its variables. */
  problem?: OpenApiProblem;
}

/**
 * A variable in the address of a server.
 *
 * @public
 */
export interface OpenApiVariable {
  /** The name between the braces. */
  name: string;
  /** The default value; an empty string if the document omits this part of the address. */
  default?: string;
  /** Description from the document. */
  description?: string;
  /** The only allowed values. */
  enum?: string[];
}

/**
 * A scope that the API offers.
 *
 * @public
 */
export interface OpenApiScope {
  /** As sent to the provider. */
  scope: string;
  /** Description from the document. */
  description?: string;
}

/**
 * An operation that a security scheme protects, and the scopes it needs.
 *
 * @public
 */
export interface OpenApiOperation {
  /** `GET /things` */
  operation: string;
  /** Summary from the document. */
  summary?: string;
  /** All scopes it needs. */
  scopes: string[];
}

/**
 * One way to obtain a token: a flow of a security scheme.
 *
 * @public
 */
export interface OpenApiFlow {
  /** Name in the document: `authorizationCode`, or `accessCode` in Swagger 2.0. */
  flow: string;
  /** JSON pointer to it. */
  from: string;
  /** The matching grant; absent if the flow is unsupported. */
  grantType?: GrantType;
  /**
   * Why it is unsupported: it puts a token into the browser's address, is for devices without a browser, or is unknown.
   */
  unusable?: 'implicit' | 'device' | 'unknown';
  /**
   * The document has only the implicit flow, which RFC 9700 section 2.1.2 advises against. Its values are proposed for
   * the authorization code grant at the same server.
   */
  insteadOfImplicit?: true;
  /** The preset that matches this server. Where secrets are sent is taken from the preset, not from the document. */
  preset?: {
    /** ID of the preset. */
    id: string;
    /** Name of the preset. */
    title: string;
    /** Values as the preset sets them. */
    settings: OAuthDraft;
  };
  /** Authorize URL (RFC 6749 section 3.1). */
  authorizeUrl?: OpenApiValue;
  /** Token URL (RFC 6749 section 3.2). */
  tokenUrl?: OpenApiValue;
  /** Refresh URL, if it differs from the token URL. */
  refreshUrl?: OpenApiValue;
  /** The issuer, if the scheme has one. */
  issuer?: OpenApiValue;
  /** Fields that the specification requires but the document lacks. */
  missing: string[];
  /** All scopes that the API offers. */
  scopes: OpenApiScope[];
}

/**
 * A security scheme that can issue OAuth 2.0 tokens.
 *
 * @public
 */
export interface OpenApiScheme {
  /** Name in the document. */
  name: string;
  /** Its type in the specification. */
  type: 'oauth2' | 'openIdConnect';
  /** Description from the document. */
  description?: string;
  /** JSON pointer to it. */
  from: string;
  /** Its flows. */
  flows: OpenApiFlow[];
  /** The operations that it protects, up to a maximum number. */
  operations: OpenApiOperation[];
  /** The scopes that these operations need together. */
  requiredScopes: string[];
  /** What each call needs beside the token. */
  keys?: OpenApiKey[];
}

/**
 * Response of `POST /imports/openapi`: settings proposed from an API description, for a person to choose from and
 * review. Nothing is saved.
 *
 * @public
 */
export interface OpenApiProposal {
  /** Title of the API in the document. */
  title?: string;
  /** Version of the API in the document. */
  version?: string;
  /** Version of the specification: `3.1.0`, `2.0`. */
  specification: string;
  /** Address of the document, if it was read from one. */
  url?: string;
  /** Catalog entity of the document, if it was read from one. */
  entityRef?: string;
  /** Servers of the API. */
  servers: OpenApiServer[];
  /** Security schemes that can issue a token. */
  schemes: OpenApiScheme[];
  /** Credentials that the API issues itself, as alternatives. */
  keys: OpenApiKeys[];
  /** Security schemes that aren't proposed. */
  others: OpenApiOther[];
  /** What was omitted and why, one sentence each. */
  notes: string[];
}
