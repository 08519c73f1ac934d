import { z } from 'zod';
import { datasourceRefSchema } from './names';
import { plainText } from './plainText';
import { schemaOf } from './schemaOf';
import { FAULTS } from './faults';

/**
 * Default lifetime of an approval request, in hours.
 *
 * @public
 */
export const DEFAULT_REQUEST_HOURS = 72;

/**
 * Maximum lifetime of an approval request, in hours.
 *
 * @public
 */
export const MAX_REQUEST_HOURS = 14 * 24;

/**
 * Maximum length of the message to the recipient.
 *
 * @public
 */
export const MAX_REQUEST_MESSAGE = 500;

/**
 * Header for the secret of an approval link. The link has it after the `#`, because proxies and servers log paths and
 * queries.
 *
 * @public
 */
export const AUTHORIZATION_REQUEST_HEADER = 'Datasource-Auth-Request';

/**
 * The secret of an approval link: 256 bits in base64url.
 *
 * @public
 */
export const requestSecretSchema = z.string().regex(/^[\w-]{43}$/);

/** `user:jane`, `group:default/platform`; the namespace is optional. */
const RECIPIENT =
  /^(user|group):(?:([a-z0-9_.-]{1,63})\/)?([a-z0-9_.-]{1,63})$/i;

/**
 * The recipient: entity ref of a user or group, normalized for comparison.
 *
 * @public
 */
export const requestRecipientSchema = z
  .string()
  .regex(RECIPIENT, FAULTS.recipient)
  .transform(ref => {
    const [, kind, namespace = 'default', name] = RECIPIENT.exec(ref)!;
    return `${kind}:${namespace}/${name}`.toLowerCase();
  });

/**
 * Body of `POST /authorization-requests`.
 *
 * @public
 */
export interface AuthorizationRequestCreate {
  /** Name of the saved datasource. */
  datasource: string;
  /** Entity ref of a user or group. By default, anyone who has the link and may authorize the datasource. */
  recipient?: string;
  /** Shown to the recipient. */
  message?: string;
  /** Default {@link DEFAULT_REQUEST_HOURS}, at most {@link MAX_REQUEST_HOURS}. */
  validForHours?: number;
}

/**
 * Schema of an `AuthorizationRequestCreate`.
 *
 * @public
 */
export const authorizationRequestCreateSchema = schemaOf<
  AuthorizationRequestCreate,
  any
>()(
  z.strictObject({
    datasource: datasourceRefSchema,
    recipient: requestRecipientSchema.optional(),
    message: plainText(MAX_REQUEST_MESSAGE).optional(),
    validForHours: z
      .number()
      .int()
      .min(1)
      .max(MAX_REQUEST_HOURS)
      .default(DEFAULT_REQUEST_HOURS),
  }),
);

/**
 * Body of `POST /authorization-requests/invitation/authorization`.
 *
 * @public
 */
export const requestedAuthorizationSchema = z.strictObject({
  display: z.enum(['popup', 'page']).default('page'),
});

/**
 * State of an approval request. `void`: the request changed after it was sent, so it can't be approved.
 *
 * @public
 */
export type AuthorizationRequestState =
  | 'pending'
  | 'approved'
  | 'declined'
  | 'withdrawn'
  | 'expired'
  | 'void';

/**
 * An approval request as managers of the datasource see it.
 *
 * @public
 */
export interface AuthorizationRequestEntry {
  /** ID of the request. It isn't part of the link. */
  id: string;
  /** Name of the datasource. */
  datasource: string;
  /** State of the request. */
  state: AuthorizationRequestState;
  /** Entity ref; absent if anyone with the link may approve. */
  recipient?: string;
  /** Entity ref of the person who sent the request. */
  askedBy: string;
  /** Epoch milliseconds. */
  askedAt: number;
  /** Epoch milliseconds. */
  expiresAt: number;
  /** Message to the recipient. */
  message?: string;
  /** URL of the approval page, with the secret after the `#`. Only in the response to the request that created it. */
  link?: string;
}

/**
 * The open approval requests of a datasource.
 *
 * @public
 */
export interface AuthorizationRequestList {
  /** Newest first. */
  items: AuthorizationRequestEntry[];
}

/**
 * What the recipient approves. Nothing else of the datasource is disclosed.
 *
 * @public
 */
export interface RequestedApproval {
  /** Where the recipient signs in and approves. */
  providerHost: string;
  /** The requested scopes, with their descriptions if known. */
  scopes: Array<{ scope: string; description?: string }>;
  /** The plugins that act as the recipient's account. */
  consumers: '*' | string[];
}

/**
 * An approval request as its recipient sees it.
 *
 * @public
 */
export interface AuthorizationRequestInvitation {
  /** State of the request. */
  state: AuthorizationRequestState;
  /** Title of the datasource. */
  title: string;
  /** Entity ref of the person who sent the request. */
  askedBy: string;
  /** Epoch milliseconds. */
  askedAt: number;
  /** Epoch milliseconds. */
  expiresAt: number;
  /** Message to the recipient. */
  message?: string;
  /** Entity ref of the person who approved, declined, or withdrew it. */
  decidedBy?: string;
  /** Epoch milliseconds. */
  decidedAt?: number;
  /** Whether the caller may respond. The sender can see the request but not respond. */
  mayAnswer: boolean;
  /** Only while the request is open. */
  approval?: RequestedApproval;
}
