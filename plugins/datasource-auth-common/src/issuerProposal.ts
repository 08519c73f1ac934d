import { z } from 'zod';
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
 * Answer of `POST /imports/issuer`: what an issuer's metadata says about the settings. It is a proposal: a person looks
 * at it before it is taken.
 *
 * @public
 */
export interface IssuerProposal {
  /** The issuer whose metadata was read. */
  issuer: string;
  /** Setting paths and values. */
  set: ProposedFix['set'];
  /** Scopes that the server offers. */
  scopes: string[];
  /** Grant types that the server offers; empty where it does not say. */
  grantTypes: string[];
  /** Hosts in the proposal that are not the issuer's own. */
  otherHosts: string[];
  /** Endpoints that are left out because this Backstage may not call them. */
  refused: string[];
}
