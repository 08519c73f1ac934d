import { z } from 'zod';
import { gatewayRouteSchema } from './gatewayRoutes';
import { importedFromSchema } from './importedFrom';
import { datasourceNameSchema } from './names';
import {
  RESERVED_HEADERS,
  RESERVED_PARAMETERS,
  TOKEN_MEMBERS,
  UNDROPPABLE_PARAMETERS,
  replaceTemplates,
  templateExpressions,
} from './parameters';
import { CONTROL, plainText } from './plainText';
import { scopeSchema } from './scope';

/*
 * The settings of a datasource, as written and (secrets apart) as read. One schema serves the HTTP API, the declared
 * datasources of app-config, presets and the form. Nothing but a name and a grant type is required: an incomplete
 * datasource can be saved, and its status says what is missing.
 */

/**
 * The three grants of RFC 6749 that yield a credential without a browser holding a token.
 *
 * @public
 */
export const grantTypeSchema = z.enum(
  ['authorization_code', 'client_credentials', 'password'],
  {
    error:
      'Grant type must be authorization_code, client_credentials or password',
  },
);

/**
 * How a credential is obtained.
 *
 * @public
 */
export type GrantType = z.output<typeof grantTypeSchema>;

/**
 * How the client proves who it is at the token endpoint (RFC 6749 section 2.3, RFC 7523 section 2.2).
 * `client_secret_basic_raw` is Basic without the form-encoding of RFC 6749 section 2.3.1.
 *
 * @public
 */
export const clientAuthenticationSchema = z.enum([
  'client_secret_basic',
  'client_secret_basic_raw',
  'client_secret_post',
  'private_key_jwt',
  'none',
]);

/**
 * How the client proves who it is.
 *
 * @public
 */
export type ClientAuthentication = z.output<typeof clientAuthenticationSchema>;

/**
 * A secret in a write: a text sets it, `null` removes it, nothing (or the object that a read gave) keeps it.
 *
 * @public
 */
export const secretSchema = z
  .union([
    z.string().max(20_000),
    z.null(),
    z.looseObject({ set: z.boolean() }).transform(() => undefined),
  ])
  .optional();

/**
 * A parameter, header or instance value. `{ secret: true }` marks one that is sealed at rest and never read back.
 *
 * @public
 */
export const valueSchema = z.union([
  z.string().max(4_000),
  z.object({
    secret: z.literal(true),
    value: z.string().max(20_000).nullish(),
    set: z.boolean().optional(),
  }),
]);

/**
 * A parameter, header or instance value, plain or secret.
 *
 * @public
 */
export type Value = z.output<typeof valueSchema>;

/** Keys that would reach an object's prototype have no business in a settings map. */
const UNSAFE_KEYS = ['__proto__', 'constructor', 'prototype'];

const keySchema = z
  .string()
  .min(1)
  .max(200)
  .refine(key => !UNSAFE_KEYS.includes(key), {
    error: 'This key is not allowed',
  });

/**
 * Parses a URL whose templates have been filled with a harmless letter. What the platform's parser would put right by
 * itself (`https:host`, `https:///host`, tabs, backslashes) is none: whoever reads it would see another host.
 */
function parseTemplatedUrl(text: string): URL | undefined {
  const filled = replaceTemplates(text, () => 'x');
  const plain =
    /^https?:\/\/(?!\/)[^\s\\]+$/i.test(filled) && !CONTROL.test(filled);
  return plain && URL.canParse(filled) ? new URL(filled) : undefined;
}

/**
 * An absolute http(s) URL, possibly with templates. Whether plain http is allowed is for the backend's egress
 * settings to say. No credentials, and no fragment.
 *
 * @public
 */
export const urlSchema = z
  .string()
  .trim()
  .max(2_000)
  .superRefine((text, ctx) => {
    if (text === '') return;
    const url = parseTemplatedUrl(text);
    const fail = (message: string) => ctx.addIssue({ code: 'custom', message });
    if (!url) {
      fail(
        'Not a URL. Enter an absolute address such as https://example.com/token',
      );
    } else if (url.username || url.password) {
      fail('Remove the user name and password from the address');
    } else if (text.includes('#')) {
      fail('Remove the fragment (everything from # on) from the address');
    }
  });

const optionalUrl = urlSchema.optional();

const RESERVED = new Set(RESERVED_PARAMETERS);

/** Extra parameters: everything but what Backstage sets itself; `nonce` only as the template `{{nonce}}`. */
const paramsSchema = z
  .record(keySchema, valueSchema)
  .superRefine((params, ctx) => {
    for (const [name, value] of Object.entries(params)) {
      const nonceTemplate = name === 'nonce' && value === '{{nonce}}';
      if (RESERVED.has(name.toLowerCase()) && !nonceTemplate) {
        ctx.addIssue({
          code: 'custom',
          path: [name],
          message: `Backstage sets '${name}' itself. Remove it from the extra parameters.`,
        });
      }
    }
  });

const HEADER_NAME = /^[!#$%&'*+.^_`|~0-9a-z-]+$/i;

const headerName = z
  .string()
  .min(1)
  .max(100)
  .regex(HEADER_NAME, 'Not a header name');

const headersSchema = z
  .record(keySchema, valueSchema)
  .superRefine((headers, ctx) => {
    for (const [name, value] of Object.entries(headers)) {
      const text = typeof value === 'string' ? value : value.value ?? '';
      let message: string | undefined;
      if (!HEADER_NAME.test(name)) message = `'${name}' is not a header name`;
      else if (RESERVED_HEADERS.includes(name.toLowerCase()))
        message = `Backstage sets the header '${name}' itself`;
      else if (CONTROL.test(text))
        message = 'Header values cannot contain control characters';
      if (message) ctx.addIssue({ code: 'custom', path: [name], message });
    }
  });

/** Standard name to the provider's name; the empty text drops the parameter. */
const renameSchema = z
  .record(keySchema, z.string().max(200))
  .superRefine((renames, ctx) => {
    for (const [from, to] of Object.entries(renames)) {
      let message: string | undefined;
      if (RESERVED.has(to.toLowerCase()) && to !== from)
        message = `'${to}' has a meaning of its own and cannot be another parameter's name`;
      else if (to === '' && UNDROPPABLE_PARAMETERS.includes(from))
        message = `'${from}' protects the exchange and cannot be dropped`;
      if (message) ctx.addIssue({ code: 'custom', path: [from], message });
    }
  });

/** A dotted path into a JSON answer: `data.access_token`, `tokens.0.value`. */
const pathSchema = z
  .string()
  .min(1)
  .max(200)
  .refine(path => !path.split('.').some(part => UNSAFE_KEYS.includes(part)), {
    error: 'This path is not allowed',
  });

const NOT_SHOWN =
  'This member is a credential and cannot be shown or handed out';

const spelling = (name: string) => name.toLowerCase().replace(/[_-]/g, '');

const TOKEN_SPELLINGS = TOKEN_MEMBERS.map(spelling);

/** A path to a member that is shown or handed out, and so must not be a token: `refresh_token`, `refreshToken`. */
const openPathSchema = pathSchema.refine(
  path => !TOKEN_SPELLINGS.includes(spelling(path.split('.').pop() ?? '')),
  { error: NOT_SHOWN },
);

const seconds = (max: number) => z.number().int().min(0).max(max);

const hostSchema = z
  .string()
  .trim()
  .toLowerCase()
  .max(260)
  .regex(
    /^(\[[0-9a-f:.]+\]|[a-z0-9]([a-z0-9.-]*[a-z0-9])?)(:\d{1,5})?$/,
    'Enter a host or host:port, without scheme, path or wildcard',
  );

const responseSchema = z
  .strictObject({
    accessToken: pathSchema.default('access_token'),
    expiresIn: openPathSchema.default('expires_in'),
    expiresInUnit: z
      .enum(['seconds', 'milliseconds', 'minutes'])
      .default('seconds'),
    expiresAt: openPathSchema.optional(),
    refreshExpiresIn: openPathSchema.optional(),
    refreshToken: pathSchema.default('refresh_token'),
    tokenType: openPathSchema.optional(),
    tokenTypes: z.array(z.string().min(1).max(50)).max(10).default(['bearer']),
    scope: openPathSchema.optional(),
    error: openPathSchema.optional(),
    success: z
      .strictObject({
        path: openPathSchema,
        equals: z.union([z.string(), z.number(), z.boolean()]),
      })
      .optional(),
    keep: z.array(openPathSchema).max(20).optional(),
  })
  .superRefine((response, ctx) => {
    const { accessToken, refreshToken, success, keep = [], ...open } = response;
    const shown: Array<[(string | number)[], string | undefined]> = [
      [['expiresIn'], open.expiresIn],
      [['expiresAt'], open.expiresAt],
      [['refreshExpiresIn'], open.refreshExpiresIn],
      [['tokenType'], open.tokenType],
      [['scope'], open.scope],
      [['error'], open.error],
      [['success', 'path'], success?.path],
      ...keep.map((path, index): [(string | number)[], string] => [
        ['keep', index],
        path,
      ]),
    ];
    for (const [path, member] of shown) {
      if (member === undefined) continue;
      const holdsToken = [accessToken, refreshToken].some(
        token => token === member || token.startsWith(`${member}.`),
      );
      if (holdsToken)
        ctx.addIssue({ code: 'custom', path, message: NOT_SHOWN });
    }
  });

const authorizeSchema = z.strictObject({
  url: optionalUrl,
  method: z.enum(['GET', 'POST']).default('GET'),
  params: paramsSchema.default({}),
  rename: renameSchema.optional(),
  responseType: plainText(100)
    .refine(type => !/token/i.test(type), {
      error:
        'A response type with a token would put it into the browser. Use code.',
    })
    .optional(),
  fragment: z.boolean().optional(),
  rawScope: z.boolean().optional(),
  pushedRequestUrl: optionalUrl,
});

const callbackSchema = z.strictObject({
  codeParam: plainText(100).optional(),
  stateParam: plainText(100).optional(),
  keep: z.array(openPathSchema).max(20).optional(),
});

const tokenSchema = z.strictObject({
  url: optionalUrl,
  method: z.enum(['POST', 'GET']).default('POST'),
  contentType: z.enum(['form', 'json', 'query']).default('form'),
  params: paramsSchema.default({}),
  query: paramsSchema.optional(),
  headers: headersSchema.default({}),
  rename: renameSchema.optional(),
  grantType: plainText(200).optional(),
});

const refreshSchema = z.strictObject({
  url: optionalUrl,
  method: z.enum(['POST', 'GET']).optional(),
  params: paramsSchema.optional(),
  mode: z.enum(['refresh_token', 'grant']).optional(),
  /** Replaces `refresh_token` as the grant type; empty sends none. */
  grantType: plainText(200).optional(),
  /** Sends the configured scopes along, as Entra wants it (RFC 6749 section 6 makes it optional). */
  sendScope: z.boolean().optional(),
  idleEvery: z
    .strictObject({
      days: z.number().min(0).optional(),
      hours: z.number().min(0).optional(),
      minutes: z.number().min(0).optional(),
    })
    .optional(),
});

const resourceSchema = z
  .string()
  .max(2_000)
  .refine(text => templateExpressions(text).length > 0 || URL.canParse(text), {
    error: 'A resource is an absolute URI (RFC 8707)',
  })
  .refine(text => !text.includes('#'), {
    error: 'A resource has no fragment (RFC 8707)',
  });

/**
 * The OAuth 2.0 part of a datasource's settings.
 *
 * @public
 */
export const authSettingsSchema = z.strictObject({
  grantType: grantTypeSchema,
  clientId: plainText(1_000).optional(),
  clientSecret: secretSchema,
  clientSecretExpiresAt: z.iso
    .date()
    .or(z.iso.datetime({ offset: true }))
    .optional(),
  clientKey: z
    .strictObject({
      privateKey: secretSchema,
      kid: plainText(500).optional(),
      alg: z
        .enum(['RS256', 'PS256', 'ES256', 'ES384', 'EdDSA'])
        .default('RS256'),
      /** `aud` of the assertion; default is the issuer, else the endpoint that is called. */
      audience: plainText(2_000).optional(),
    })
    .optional(),
  clientAuthentication: clientAuthenticationSchema.default(
    'client_secret_basic',
  ),
  username: plainText(1_000).optional(),
  password: secretSchema,
  issuer: optionalUrl,
  requireIss: z.boolean().optional(),
  authorize: authorizeSchema.prefault({}),
  callback: callbackSchema.optional(),
  redirectUri: z.enum(['shared', 'own']).default('shared'),
  token: tokenSchema.prefault({}),
  refresh: refreshSchema.optional(),
  revoke: z.strictObject({ url: optionalUrl }).optional(),
  scopes: z.array(scopeSchema).max(200).default([]),
  scopeSeparator: z.string().min(1).max(3).default(' '),
  resource: z.array(resourceSchema).max(20).optional(),
  audience: plainText(2_000).optional(),
  pkce: z.enum(['S256', 'off']).default('S256'),
  response: responseSchema.prefault({}),
  defaultLifetimeSeconds: seconds(31_536_000).optional(),
  refreshBeforeExpirySeconds: seconds(86_400).optional(),
  timeouts: z
    .strictObject({
      connectMs: z.number().int().min(100).max(30_000).optional(),
      responseMs: z.number().int().min(100).max(50_000).optional(),
    })
    .optional(),
  rejectedStatuses: z
    .array(z.number().int().min(400).max(599))
    .max(10)
    .default([401]),
  header: z
    .strictObject({
      name: headerName.default('Authorization'),
      prefix: plainText(100).default('Bearer'),
    })
    .prefault({}),
});

const gatewaySchema = z.strictObject({
  routes: z.array(gatewayRouteSchema).max(100),
  limits: z
    .strictObject({
      /** Most bytes of a request's body; 10 MiB unless told. */
      requestBytes: z.number().int().positive().optional(),
      /** Most bytes of an answer's body on the wire; 100 MiB unless told. */
      responseBytes: z.number().int().positive().optional(),
    })
    .optional(),
});

/** A path below the base URL; never another host's (threats: `//evil`, `\evil`, `https:evil`, `/\t/evil`). */
const testPathSchema = z
  .string()
  .max(1_000)
  .refine(path => path === '' || /^\/(?![/\\])[\x21-\x7e]*$/.test(path), {
    error: 'Enter a path such as /me, starting with one slash',
  })
  .refine(
    path =>
      !path.includes('\\') && !/(^|\/)\.\.?(\/|$)|%2e|%2f|%5c/i.test(path),
    {
      error: 'Dot segments and encoded slashes are not allowed',
    },
  );

/**
 * Everything a person or a configuration says about a datasource, its name included.
 *
 * @public
 */
export const datasourceSettingsSchema = z.strictObject({
  name: datasourceNameSchema,
  title: plainText(80).optional(),
  description: z.string().max(2_000).optional(),
  owner: plainText(300).optional(),
  tags: z.array(plainText(63).min(1)).max(50).optional(),
  baseUrl: optionalUrl,
  allowedHosts: z.array(hostSchema).max(50).optional(),
  testPath: testPathSchema.optional(),
  consumers: z
    .union([
      z.literal('*'),
      z
        .array(z.string().regex(/^[a-z0-9][a-z0-9_-]*$/i, 'Not a plugin id'))
        .max(200),
    ])
    .default([]),
  gateway: gatewaySchema.optional(),
  instance: z
    .record(
      keySchema.regex(
        /^[A-Za-z_][A-Za-z0-9_]*$/,
        'Use letters, digits and underscores',
      ),
      valueSchema,
    )
    .optional(),
  auth: authSettingsSchema,
  importedFrom: importedFromSchema.optional(),
});

/**
 * Settings with every default filled in.
 *
 * @public
 */
export type DatasourceSettings = z.output<typeof datasourceSettingsSchema>;

/**
 * Settings as somebody writes them: what has a default may be left out.
 *
 * @public
 */
export type DatasourceSettingsInput = z.input<typeof datasourceSettingsSchema>;

/**
 * How a secret reads: whether there is one, since when, and by whom. Nothing of the secret itself.
 *
 * @public
 */
export interface SecretInfo {
  /** Whether there is one. */
  set: boolean;
  /** Epoch milliseconds. */
  updatedAt?: number;
  /** User entity ref. */
  updatedBy?: string;
}

/**
 * Settings as they are read: each secret is a {@link SecretInfo}; secret values stay `{ secret: true, set }`.
 *
 * @public
 */
export type DatasourceSettingsView = Omit<DatasourceSettings, 'auth'> & {
  auth: Omit<
    DatasourceSettings['auth'],
    'clientSecret' | 'password' | 'clientKey'
  > & {
    clientSecret?: SecretInfo;
    password?: SecretInfo;
    clientKey?: { privateKey?: SecretInfo; kid?: string; alg: string };
  };
};
