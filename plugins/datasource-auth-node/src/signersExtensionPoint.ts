import { createExtensionPoint } from '@backstage/backend-plugin-api';

/**
 * A JWT to sign.
 *
 * @public
 */
export interface SigningRequest {
  /** Name of the datasource that the JWT is for. */
  datasource: string;
  /** Algorithm (RFC 7518 section 3.1, RFC 8037), for example `RS256`. */
  algorithm: string;
  /** ID of the key in the settings, which is also the `kid` of the JWT. */
  keyId?: string;
  /** The bytes to sign: encoded header and payload (RFC 7515 section 5.1). */
  data: Uint8Array;
  /** Aborted when the result is too late. */
  signal: AbortSignal;
}

/**
 * Signs JWTs with a key that never enters this process: in a key management system or a hardware security module.
 *
 * @remarks
 *
 * Anyone who may change a datasource chooses the claims and the URL that a JWT is sent to, and needs no secret for it.
 * Origins, audiences and datasources limit that. They are checked for each JWT, before it is signed.
 *
 * @public
 */
export interface Signer {
  /** Origins that may receive a JWT, for example `https://login.example.com`. */
  origins: readonly string[];
  /** Values that the claim `aud` may have. */
  audiences: readonly string[];
  /** Names of the datasources that may use it. */
  datasources: readonly string[];

  /**
   * Returns the signature as RFC 7518 section 3 defines it: for ES256 and ES384 the two numbers in a row, not DER. It has
   * ten seconds.
   *
   * @throws Error for any failure. Its message isn't shown or logged, so log what operators need.
   */
  sign(request: SigningRequest): Promise<Uint8Array>;
}

/**
 * Adds signers, which settings name in place of a private key (`auth.assertion.signer`, `auth.clientAssertion.signer`).
 *
 * @public
 */
export interface SignersExtensionPoint {
  /**
   * Adds a signer.
   *
   * @param name - letters, digits, dashes and underscores
   * @throws Error if the name is taken or invalid, or a list is empty. Only the calling module fails.
   */
  register(name: string, signer: Signer): void;
}

/**
 * Extension point to which modules add signers.
 *
 * @public
 */
export const signersExtensionPoint =
  createExtensionPoint<SignersExtensionPoint>({
    id: 'datasource-auth.signers',
  });
