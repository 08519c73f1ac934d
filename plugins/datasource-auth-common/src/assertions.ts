import { z } from 'zod';
import { fileNameSchema } from './credentialFiles';
import { plainText } from './plainText';
import { settingAt } from './settingAt';
import { keySchema, secretSchema, valueSchema } from './settingValues';
import type { TemplateReach } from './TemplateReach';
import { addFault, fault, FAULTS } from './faults';

/** Signatures with a private key (RFC 7518 section 3.1, RFC 8037). */
const ASYMMETRIC_ALGORITHMS = [
  'RS256',
  'PS256',
  'ES256',
  'ES384',
  'EdDSA',
] as const;

/**
 * Minimum key length in bytes for each HMAC algorithm (RFC 7518 section 3.2).
 *
 * @public
 */
export const HMAC_KEY_BYTES = { HS256: 32, HS384: 48, HS512: 64 } as const;

/**
 * Algorithms for signing JWTs, with a private key or a shared secret.
 *
 * @public
 */
export const JWT_ALGORITHMS = [
  ...ASYMMETRIC_ALGORITHMS,
  ...(Object.keys(HMAC_KEY_BYTES) as (keyof typeof HMAC_KEY_BYTES)[]),
] as const;

/** Claims that have their own setting, and its path below the assertion. */
const CLAIM_SETTINGS: Readonly<Record<string, string>> = {
  iss: 'issuer',
  sub: 'subject',
  aud: 'audience',
  exp: 'lifetimeSeconds',
  iat: 'backdateSeconds',
  nbf: 'backdateSeconds',
  jti: 'omit',
};

const claimsSchema = z
  .record(keySchema, z.union([valueSchema, z.number(), z.boolean()]))
  .superRefine((claims, ctx) => {
    for (const name of Object.keys(claims)) {
      const setting = CLAIM_SETTINGS[name];
      if (!setting) continue;
      addFault(ctx, fault('fault.claimReserved', { name, setting }), {
        path: [name],
      });
    }
  });

/**
 * A certificate and its chain in PEM format. Certificates are stored unencrypted, so private keys are rejected here.
 */
export const certificateSchema = z
  .string()
  .trim()
  .max(20_000)
  .regex(
    /^(?:-----BEGIN CERTIFICATE-----[A-Za-z0-9+/=\s]+-----END CERTIFICATE-----\s*)*$/,
    FAULTS.certificate,
  );

/** A JWT that Backstage signs (RFC 7519), as a grant or to authenticate a client (RFC 7523). */
const assertionObject = z.strictObject({
  key: secretSchema,
  /** A signer of a module, in place of a key. */
  signer: fileNameSchema.optional(),
  /** Passphrase of an encrypted key. */
  passphrase: secretSchema,
  alg: z.enum(JWT_ALGORITHMS).default('RS256'),
  /** Encoding of the HMAC key. Default: `utf8`. */
  keyEncoding: z.enum(['utf8', 'base64', 'hex']).optional(),
  kid: plainText(500).optional(),
  /** Source of `x5t` and `x5t#S256` (RFC 7515 sections 4.1.7 and 4.1.8). */
  certificate: certificateSchema.optional(),
  /** Adds the certificate chain as `x5c` (RFC 7515 section 4.1.6). */
  x5c: z.boolean().optional(),
  issuer: plainText(1_000).optional(),
  subject: plainText(1_000).optional(),
  /** An empty string omits the claim. */
  audience: plainText(2_000).optional(),
  claims: claimsSchema.optional(),
  headers: z
    .strictObject({
      typ: plainText(100).optional(),
      cty: plainText(100).optional(),
    })
    .optional(),
  /** Seconds from now until it expires. Default: 60. */
  lifetimeSeconds: z
    .number()
    .int()
    .min(1)
    .max(3_600, FAULTS.assertionLifetime)
    .optional(),
  /** Seconds by which `iat` and `nbf` are backdated. Default: 30. */
  backdateSeconds: z.number().int().min(0).max(600).optional(),
  /** Claims to omit. */
  omit: z
    .array(z.enum(['nbf', 'jti', 'iat']))
    .max(3)
    .optional(),
});

/** What has a key already needs no signer. */
function checkSigner(
  { key, signer }: { key?: string | null; signer?: string },
  ctx: z.RefinementCtx,
): void {
  if (!key || !signer) return;
  addFault(ctx, fault('fault.signerAndKey'), { path: ['signer'] });
}

/** An assertion that Backstage signs. */
export const assertionSchema = assertionObject.superRefine(checkSigner);

/** A client assertion: Backstage signs it, or it is in a file. */
export const clientAssertionSchema = assertionObject
  .extend({
    /** The file with an assertion that someone else issued. */
    file: fileNameSchema.optional(),
  })
  .superRefine(checkSigner);

/** Assertion settings that decide which identity it claims and for which audience. */
const BINDING = [
  'signer',
  'alg',
  'kid',
  'certificate',
  'issuer',
  'subject',
  'audience',
  'claims',
  'headers.typ',
  'headers.cty',
];

const TEMPLATED = [
  'kid',
  'issuer',
  'subject',
  'audience',
  'claims.*',
  'headers.typ',
  'headers.cty',
];

/** Describes an assertion at a path of the settings. */
export function assertionAt<P extends string>(path: P) {
  return {
    secrets: [`${path}.key`, `${path}.passphrase`],
    valueMaps: [`${path}.claims`],
    binding: BINDING.map(member => `${path}.${member}`),
    templates: Object.fromEntries(
      TEMPLATED.map(member => [`${path}.${member}`, 'backend']),
    ) as Record<string, TemplateReach>,
  };
}

/** Private keys and their passphrases. */
const KEYS = ['auth.assertion', 'auth.clientAssertion'].flatMap(
  path => assertionAt(path).secrets,
);

/** Returns whether a setting is a key that a signer replaces. */
export function isReplacedBySigner(auth: object, path: string): boolean {
  const signer = path.replace(/[^.]+$/, 'signer');
  return KEYS.includes(path) && Boolean(settingAt({ auth }, signer));
}

/** Returns the paths of the keys that signers replace. */
export function keysReplacedBySigner(auth: object): string[] {
  return KEYS.filter(path => isReplacedBySigner(auth, path));
}
