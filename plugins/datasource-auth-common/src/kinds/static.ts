import { z } from 'zod';
import { apiHeadersSchema, apiQuerySchema } from '../apiSettings';
import { fileReferenceSchema, isFileReference } from '../credentialFiles';
import { CONTROL } from '../plainText';
import { isSecretValue } from '../instanceValues';
import { secretSchema } from '../settingValues';
import { KindDefinition } from './KindDescriptor';
import { rejectedStatusesSchema } from './rejectedStatuses';
import { addFault, fault, FAULTS } from '../faults';

/** A secret that is sent in one header line. */
const lineSecret = secretSchema.superRefine((secret, ctx) => {
  if (typeof secret !== 'string') return;
  if (/[^\x20-\x7e]/.test(secret)) {
    addFault(
      ctx,
      CONTROL.test(secret)
        ? fault('fault.secretOneLine')
        : fault('fault.secretCharacters'),
    );
  }
});

const basicSchema = z.strictObject({
  /** Empty if the API expects only a password. */
  username: z
    .string()
    .max(1_000)
    .refine(name => !name.includes(':') && !CONTROL.test(name), {
      error: FAULTS.basicUsername,
    })
    .default(''),
  password: secretSchema.refine(
    password => typeof password !== 'string' || !CONTROL.test(password),
    { error: FAULTS.passwordOneLine },
  ),
});

/** Credentials that the API itself issued: API keys, Basic, a bearer token, or several of them together. */
export const staticSchema = z
  .strictObject({
    type: z.literal('static'),
    headers: apiHeadersSchema.optional(),
    query: apiQuerySchema.optional(),
    basic: basicSchema.optional(),
    bearer: z.union([fileReferenceSchema, lineSecret]),
    /** Valid until the end of this day, UTC. */
    expiresAt: z.iso.date().optional(),
    rejectedStatuses: rejectedStatusesSchema,
  })
  .superRefine((auth, ctx) => {
    const header = authorizationHeader(auth.headers);
    const used = [
      ...(header ? [['headers', header]] : []),
      ...(auth.basic ? [['basic']] : []),
      ...(auth.bearer ? [['bearer']] : []),
    ];
    for (const path of used.slice(1)) {
      const other = used[0].join('.');
      addFault(ctx, fault('fault.authorizationTwice', { other }), { path });
    }
  });

/** The settings that decide which values a static credential has. */
export interface StaticMembers {
  readonly headers?: object;
  readonly query?: object;
  readonly basic?: { readonly username?: string };
  readonly bearer?: unknown;
}

/** Values that the API issued itself. They are sent with each call and never refreshed. */
export const staticKind = {
  name: 'API key, password or bearer token',
  source: 'settings',
  sendsSecretsToApi: true,
  labels: {
    'auth.bearer': 'Bearer token',
    'auth.basic.password': 'Password',
  },
  secrets: ['auth.bearer', 'auth.basic.password'],
  valueMaps: ['auth.headers', 'auth.query'],
  binding: ['auth.basic.username', 'auth.bearer.file'],
  templates: {
    'auth.basic.username': 'backend',
    'auth.headers.*': 'backend',
    'auth.query.*': 'backend',
  },
  required: (auth: StaticMembers) => {
    if (auth.basic) return ['auth.basic.password'];
    const { headers, query, bearer } = auth;
    return Object.keys({ ...headers, ...query }).length > 0 ||
      isFileReference(bearer)
      ? []
      : ['auth.bearer'];
  },
  unusedSecrets: (auth: StaticMembers) => [
    ...(auth.basic ? [] : ['auth.basic.password']),
    ...(auth.basic ||
    authorizationHeader(auth.headers) ||
    isFileReference(auth.bearer)
      ? ['auth.bearer']
      : []),
  ],
  personal: (auth: StaticMembers, alone: boolean) => {
    const { basic, bearer, headers, query } = auth;
    const keys = Object.entries({ headers, query }).flatMap(([map, values]) =>
      Object.entries(values ?? {})
        .filter(([, value]) => isSecretValue(value))
        .map(([name]) => `auth.${map}.${name}`),
    );
    if (basic) {
      // The username of a shared account isn't that of a person.
      const isEveryones = alone && basic.username;
      return [
        ...(isEveryones ? [] : ['auth.basic.username']),
        ...['auth.basic.password', ...keys],
      ];
    }
    const isBearer =
      keys.length === 0 &&
      !isFileReference(bearer) &&
      !authorizationHeader(headers);
    return isBearer ? ['auth.bearer'] : keys;
  },
  places: (auth: StaticMembers) => {
    const headers = Object.keys(auth.headers ?? {});
    return {
      // A stored bearer token isn't in the settings, so its header always counts.
      headers: [...headers, 'Authorization'],
      query: Object.keys(auth.query ?? {}),
    };
  },
} as const satisfies KindDefinition<StaticMembers>;

function authorizationHeader(headers: object = {}): string | undefined {
  return Object.keys(headers).find(
    name => name.toLowerCase() === 'authorization',
  );
}
