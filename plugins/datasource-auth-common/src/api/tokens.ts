import { z } from 'zod';
import { DestinationPolicy } from '../destinationPolicy';
import { ExpiredResponse } from '../expiredResponse';
import { schemaOf } from '../schemaOf';

/**
 * Body of `POST /datasources/{name}/token`.
 *
 * @public
 */
export interface TokenRequest {
  /** `user`: the user's own credential, with their credentials and their consent. Default: `service`. */
  subject?: 'service' | 'user';
  /** Minimum remaining lifetime of the token. */
  minValiditySeconds?: number;
  /** The version of a token that the API rejected. The response contains a different token. */
  rejectedVersion?: string;
  /**
   * The call that was rejected, such as `GET /incidents`. A single route that always rejects says nothing about the
   * others.
   */
  rejectedRoute?: string;
  /** The version of a token that the API accepted after rejecting an earlier one. */
  acceptedVersion?: string;
  /**
   * The caller sends its calls through the backend if the token is bound to it. The response then has
   * `boundToBackend` and nothing secret, instead of the error `bound_to_backend`.
   */
  throughBackend?: boolean;
}

/**
 * Schema of a `TokenRequest`.
 *
 * @public
 */
export const tokenRequestSchema = schemaOf<TokenRequest>()(
  z.strictObject({
    subject: z.enum(['service', 'user']).optional(),
    minValiditySeconds: z.number().min(0).max(86_400).optional(),
    rejectedVersion: z.string().max(200).optional(),
    rejectedRoute: z.string().max(200).optional(),
    acceptedVersion: z.string().max(200).optional(),
    throughBackend: z.boolean().optional(),
  }),
);

/**
 * Response of the token call.
 *
 * @public
 */
export interface TokenResponse {
  /** Secret. Never put it into a log, URL, or error. Absent if the API uses keys or a password instead of a token. */
  accessToken?: string;
  /** Headers that every call needs. They can be secret. */
  headers: Record<string, string>;
  /** Query parameters that every call needs, not encoded. They can be secret. */
  query: Record<string, string>;
  /** All secret values above, so that they can be masked in output. */
  secrets: string[];
  /** Epoch milliseconds; absent if the provider states no expiry. */
  expiresAt?: number;
  /** Granted scope, space-separated. */
  scope?: string;
  /** Fields kept from the callback and the token response, such as `instance_url`. */
  kept: Record<string, string>;
  /** Base URL for relative paths. */
  baseUrl?: string;
  /** Hosts that may receive the token, with the port unless it is the default. */
  allowedHosts: string[];
  /** HTTP statuses with which the API rejects a token. */
  rejectedStatuses: number[];
  /** How the API says in a successful response that the token has expired, if it does. */
  expired?: ExpiredResponse;
  /** Where calls may go: the rules of `datasourceAuth.egress`. */
  egress: DestinationPolicy;
  /** Identifies the token in a rejection. Changes with every stored token and every change of the settings. */
  version: string;
  /** Whose credential it is. `service` is shared by all callers. */
  subject: string;
  /** Whether only the backend can call the API, because it has the key of a client certificate or of DPoP. */
  boundToBackend?: boolean;
}
