import { z } from 'zod';
import { DestinationPolicy } from '../destinationPolicy';
import { schemaOf } from '../schemaOf';

/**
 * Body of `POST /datasources/{name}/token`.
 *
 * @public
 */
export interface TokenRequest {
  /** Shortest time that the token has to stay valid. */
  minValiditySeconds?: number;
  /** The version of a token that the API rejected: the response has another token. */
  rejectedVersion?: string;
  /** Which calls were rejected, such as `GET /incidents`: one route that always rejects says nothing about the others. */
  rejectedRoute?: string;
  /** The version of a token that the API accepted after it had rejected one. */
  acceptedVersion?: string;
}

/**
 * Schema of a `TokenRequest`.
 *
 * @public
 */
export const tokenRequestSchema = schemaOf<TokenRequest>()(
  z.strictObject({
    minValiditySeconds: z.number().min(0).max(86_400).optional(),
    rejectedVersion: z.string().max(200).optional(),
    rejectedRoute: z.string().max(200).optional(),
    acceptedVersion: z.string().max(200).optional(),
  }),
);

/**
 * Answer of the token call.
 *
 * @public
 */
export interface TokenResponse {
  /** Secret. Never part of a log, a URL or an error. Absent where the API takes no token, but keys or a password. */
  accessToken?: string;
  /** The headers that every call needs. They can be secret. */
  headers: Record<string, string>;
  /** The query parameters that every call needs, not encoded. They can be secret. */
  query: Record<string, string>;
  /** The secret values in all of these, to be masked in what is shown. */
  secrets: string[];
  /** Epoch milliseconds; absent where the provider states none. */
  expiresAt?: number;
  /** Granted scope, space separated. */
  scope?: string;
  /** Members kept from the callback and the token response, such as `instance_url`. */
  kept: Record<string, string>;
  /** What relative paths of calls start from. */
  baseUrl?: string;
  /** The hosts, with port where it is not the usual one, that may be sent the token. */
  allowedHosts: string[];
  /** HTTP statuses with which the API says that the token is not accepted. */
  rejectedStatuses: number[];
  /** Where calls may go: the rules of `datasourceAuth.egress`. */
  egress: DestinationPolicy;
  /** Changes with every stored token and with every change of settings. Names a token where it was rejected. */
  version: string;
  /** Whose credential it is: `service`, which all share. */
  subject: string;
}
