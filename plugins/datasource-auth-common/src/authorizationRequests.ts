import { z } from 'zod';
import { datasourceRefSchema } from './names';
import { plainText } from './plainText';
import { schemaOf } from './schemaOf';

/**
 * How long a request can be answered unless it says otherwise. Hours.
 *
 * @public
 */
export const DEFAULT_REQUEST_HOURS = 72;

/**
 * How long a request can be answered at most. Hours.
 *
 * @public
 */
export const MAX_REQUEST_HOURS = 14 * 24;

/**
 * Longest message that goes with a request.
 *
 * @public
 */
export const MAX_REQUEST_MESSAGE = 500;

/**
 * Header with the secret of a request's link, which is what stands behind the # of it. In a path or a query it would stand
 * in the log of everything that is on the way.
 *
 * @public
 */
export const AUTHORIZATION_REQUEST_HEADER = 'Datasource-Auth-Request';

/**
 * The secret of a request's link: 256 bits, in base64url.
 *
 * @public
 */
export const requestSecretSchema = z.string().regex(/^[\w-]{43}$/);

/** `user:jane`, `group:default/platform`; the namespace may be left out. */
const RECIPIENT =
  /^(user|group):(?:([a-z0-9_.-]{1,63})\/)?([a-z0-9_.-]{1,63})$/i;

/**
 * Who is asked: the entity ref of a user or a group, in the one spelling that is compared.
 *
 * @public
 */
export const requestRecipientSchema = z
  .string()
  .regex(
    RECIPIENT,
    'Enter a user or group, for example: user:default/jane or group:default/platform',
  )
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
  /** Entity ref of a user or group. By default anyone who has the link and may authorize the datasource. */
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
 * How a request stands. `void`: what the recipient would agree to was changed since.
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
 * A request that somebody else authorize a datasource, as those see it who may change the datasource.
 *
 * @public
 */
export interface AuthorizationRequestEntry {
  /** Of the request, which no link gives away. */
  id: string;
  /** Name of the datasource. */
  datasource: string;
  /** How it stands. */
  state: AuthorizationRequestState;
  /** Entity ref; absent where the link was made for whoever may authorize. */
  recipient?: string;
  /** Entity ref of who asked. */
  askedBy: string;
  /** Epoch milliseconds. */
  askedAt: number;
  /** Epoch milliseconds. */
  expiresAt: number;
  /** What was written to the recipient. */
  message?: string;
  /** Only in the answer to the request that made it: the page for the recipient, with the secret behind the #. */
  link?: string;
}

/**
 * The open requests of a datasource.
 *
 * @public
 */
export interface AuthorizationRequestList {
  /** Newest first. */
  items: AuthorizationRequestEntry[];
}

/**
 * What a recipient is asked to agree to. Nothing else of the datasource is told.
 *
 * @public
 */
export interface RequestedApproval {
  /** Where the person signs in and approves. */
  providerHost: string;
  /** What is asked of the provider, with what is known of each. */
  scopes: Array<{ scope: string; description?: string }>;
  /** The plugins that act as the person's account. */
  consumers: '*' | string[];
}

/**
 * A request as its recipient sees it.
 *
 * @public
 */
export interface AuthorizationRequestInvitation {
  /** How it stands. */
  state: AuthorizationRequestState;
  /** Title of the datasource. */
  title: string;
  /** Entity ref of who asked. */
  askedBy: string;
  /** Epoch milliseconds. */
  askedAt: number;
  /** Epoch milliseconds. */
  expiresAt: number;
  /** What was written to the recipient. */
  message?: string;
  /** Who approved, declined or withdrew it. */
  decidedBy?: string;
  /** Epoch milliseconds. */
  decidedAt?: number;
  /** Whether the caller may answer it; the one who asked sees it too. */
  mayAnswer: boolean;
  /** Only while it can be answered. */
  approval?: RequestedApproval;
}
