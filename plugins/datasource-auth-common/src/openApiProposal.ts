import { z } from 'zod';
import { GrantType } from './grants';
import { SettingsDraft } from './presetDraft';
import { schemaOf } from './schemaOf';

/**
 * Body of `POST /imports/openapi`: the API description itself (JSON or YAML), the address of one, or a catalog entity
 * that has one. Exactly one of them.
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
      { error: 'Enter exactly one of document, url, and entityRef' },
    ),
);

/**
 * A value out of an API description as it stands there: relative, templated or empty, too.
 *
 * @public
 */
export interface OpenApiValue {
  /** As it stands in the document. */
  value: string;
  /** JSON pointer (RFC 6901 section 6), after the address of the document if it is not the imported one. */
  from: string;
  /** A relative one has none: it is resolved against the chosen server. */
  problem?: OpenApiProblem;
}

/**
 * Why a value cannot be used as it is. `blocked` ones can once an operator allows the address.
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
  /** What follows the name of the value in a sentence; for `blocked` a sentence of its own. */
  message: string;
}

/**
 * A server that the API description names, or the one that its own address stands for.
 *
 * @public
 */
export interface OpenApiServer {
  /** Possibly relative, and with `{variables}`. */
  url: string;
  /** What the document says of it. */
  description?: string;
  /** The variables in its address. */
  variables: OpenApiVariable[];
  /** JSON pointer to it. */
  from: string;
  /** Why its address, with the defaults of its variables, cannot be used. */
  problem?: OpenApiProblem;
}

/**
 * A variable in the address of a server.
 *
 * @public
 */
export interface OpenApiVariable {
  /** As it stands between the braces. */
  name: string;
  /** Its value unless another one is given; the empty text where the document leaves this part of the address out. */
  default?: string;
  /** What the document says of it. */
  description?: string;
  /** The only values that there are. */
  enum?: string[];
}

/**
 * A scope that the API offers.
 *
 * @public
 */
export interface OpenApiScope {
  /** As it is sent to the provider. */
  scope: string;
  /** What the document says that it allows. */
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
  /** What the document says that it does. */
  summary?: string;
  /** All that it needs. */
  scopes: string[];
}

/**
 * One way to obtain a token: a flow of a security scheme.
 *
 * @public
 */
export interface OpenApiFlow {
  /** As the document calls it: `authorizationCode`, in Swagger 2.0 `accessCode`. */
  flow: string;
  /** JSON pointer to it. */
  from: string;
  /** The grant that it is; absent where it cannot be used. */
  grantType?: GrantType;
  /** Why it cannot be used: a token in the browser's address, a screenless device, or a flow nobody knows. */
  unusable?: 'implicit' | 'device' | 'unknown';
  /**
   * The document has only the implicit flow (RFC 9700 section 2.1.2 advises against it). What it says is proposed for the
   * authorization code grant at the same server.
   */
  insteadOfImplicit?: true;
  /** What a preset says of that server; where secrets are sent is taken from it and not from the document. */
  preset?: {
    /** Of the preset. */
    id: string;
    /** Of the preset. */
    title: string;
    /** As the preset fills them in. */
    settings: SettingsDraft;
  };
  /** Where a person is sent (RFC 6749 section 3.1). */
  authorizeUrl?: OpenApiValue;
  /** Where tokens are obtained (RFC 6749 section 3.2). */
  tokenUrl?: OpenApiValue;
  /** Only where it differs from the token URL. */
  refreshUrl?: OpenApiValue;
  /** The issuer, where the scheme names one. */
  issuer?: OpenApiValue;
  /** Members that the specification requires and the document lacks. */
  missing: string[];
  /** All scopes that the API offers. */
  scopes: OpenApiScope[];
}

/**
 * A security scheme that can yield OAuth 2.0 tokens.
 *
 * @public
 */
export interface OpenApiScheme {
  /** As the document calls it. */
  name: string;
  /** Its type as the specification has it. */
  type: 'oauth2' | 'openIdConnect';
  /** What the document says of it. */
  description?: string;
  /** JSON pointer to it. */
  from: string;
  /** The ways to obtain a token. */
  flows: OpenApiFlow[];
  /** The operations that it protects, as far as they fit. */
  operations: OpenApiOperation[];
  /** The scopes that all of these operations together need. */
  requiredScopes: string[];
}

/**
 * Answer of `POST /imports/openapi`: what an API description says of obtaining tokens. It is a proposal: a person
 * chooses and looks at it, and nothing is saved.
 *
 * @public
 */
export interface OpenApiProposal {
  /** Of the API, as the document has it. */
  title?: string;
  /** Of the API, as the document has it. */
  version?: string;
  /** `3.1.0`, `2.0` */
  specification: string;
  /** Where the document was read, if it was. */
  url?: string;
  /** The catalog entity that it was taken from, if it was. */
  entityRef?: string;
  /** Where the API may be. */
  servers: OpenApiServer[];
  /** The schemes that can yield a token. */
  schemes: OpenApiScheme[];
  /** Schemes that have nothing to do with OAuth 2.0. */
  others: Array<{ name: string; type: string; from: string }>;
  /** What was left out and why, one sentence each. */
  notes: string[];
}
