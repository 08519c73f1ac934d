import { z } from 'zod';
import { SenderConstraint } from './senderConstraint';
import { ProposedFix } from './status';

/**
 * Body of `POST /imports/issuer`.
 *
 * @public
 */
export const issuerImportSchema = z.strictObject({
  issuer: z.string().min(1).max(2_000),
});

/**
 * Response of `POST /imports/issuer`: settings proposed from an issuer's metadata, for a person to review.
 *
 * @public
 */
export interface IssuerProposal {
  /** The issuer whose metadata was read. */
  issuer: string;
  /** Setting paths and values. */
  set: ProposedFix['set'];
  /**
   * What replaces parts of `set` if the client authenticates with a certificate, or its tokens are bound to one: the
   * endpoints under `mtls_endpoint_aliases` (RFC 8705 section 5). Absent if the server doesn't offer it.
   */
  mutualTls?: ProposedFix['set'];
  /** The keys that the server can bind tokens to, for a person to choose from. Absent if it says nothing. */
  senderConstraints?: Exclude<SenderConstraint, 'none'>[];
  /** Scopes that the server offers. */
  scopes: string[];
  /** Grant types that the server offers; empty if it doesn't list any. */
  grantTypes: string[];
  /** Hosts in the proposal that differ from the issuer's. */
  otherHosts: string[];
  /** Endpoints that were omitted because this Backstage may not call them. */
  refused: string[];
}
