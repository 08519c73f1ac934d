import { z } from 'zod';
import { schemaOf } from '../schemaOf';
import { keySchema } from '../settingValues';
import { Message } from '../texts';
import { Delegation } from './delegations';

/**
 * What a person agrees to by connecting their account: where calls go, with which access, and which plugins make them.
 *
 * @public
 */
export interface ConnectionTerms {
  /** Base URL of the API. */
  baseUrl?: string;
  /** Hosts that may receive the person's tokens. */
  hosts: string[];
  /** Requested scopes. */
  scopes: string[];
  /** IDs of the plugins that may act as the person. */
  consumers: string[];
  /** Routes of the gateway. */
  routes: { methods: string[]; path: string }[];
}

/**
 * Why the account that a person is about to connect may not be theirs. `other_email`: the catalog has another email
 * address for the person. `account_taken`: another user connected the same account.
 *
 * @public
 */
export const CONNECTION_DOUBTS = ['other_email', 'account_taken'] as const;

/**
 * One of {@link CONNECTION_DOUBTS}.
 *
 * @public
 */
export type ConnectionDoubt = (typeof CONNECTION_DOUBTS)[number];

/**
 * Body of `POST /authorizations/{id}/confirmation`: the person has seen the account, and that it is theirs.
 *
 * @public
 */
export interface ConnectionConfirmation {
  /** The doubts that the person was told and confirmed. */
  acknowledged?: ConnectionDoubt[];
}

/**
 * Schema of a `ConnectionConfirmation`.
 *
 * @public
 */
export const connectionConfirmationSchema = schemaOf<ConnectionConfirmation>()(
  z.strictObject({
    acknowledged: z.array(z.enum(CONNECTION_DOUBTS)).max(10).optional(),
  }),
);

/**
 * An account that waits for its person's confirmation.
 *
 * @public
 */
export interface PendingConnection {
  /** What the person agrees to. */
  terms: ConnectionTerms;
  /** What the person must confirm in addition, once an account is there. */
  doubts?: ConnectionDoubt[];
}

/**
 * What a person enters to connect their account, where the API issues tokens or passwords itself.
 *
 * @public
 */
export interface ConnectionForm {
  /** Paths of the values in the settings, for example `auth.bearer`. */
  paths: string[];
  /** Names the terms of this response. Send it back, so that the person agrees to what they read. */
  version: string;
}

/**
 * Body of `PUT /connections/{name}`.
 *
 * @public
 */
export interface ConnectionEntry {
  /** The values by path. Absent: the person agrees to the current terms, and keeps what they entered before. */
  secrets?: Record<string, string>;
  /** Date at whose end, in UTC, what was entered expires. */
  expiresAt?: string;
  /** `form.version` of the connection that the person read. */
  version: string;
  /** The doubts that the person was told and confirmed. */
  acknowledged?: ConnectionDoubt[];
}

/**
 * Schema of a `ConnectionEntry`.
 *
 * @public
 */
export const connectionEntrySchema = schemaOf<ConnectionEntry>()(
  z.strictObject({
    secrets: z.record(keySchema, z.string().max(20_000)).optional(),
    expiresAt: z.iso.date().optional(),
    version: z.string().max(100),
    acknowledged: z.array(z.enum(CONNECTION_DOUBTS)).max(10).optional(),
  }),
);

/**
 * Response of `PUT /connections/{name}`.
 *
 * @public
 */
export interface EnteredConnection {
  /** Whether it is stored. If not, the person must confirm the doubts. */
  connected: boolean;
  /** Whether the API accepted a test call. */
  verified: boolean;
  /** The account, if a test call proves it. */
  account?: string;
  /** Why the account may not be the person's own. */
  doubts: ConnectionDoubt[];
}

/**
 * State of a person's connection. `reconnect`: the provider no longer accepts it, or the settings changed.
 * `consent_outdated`: plugins or routes were added that the person didn't agree to. `scope_missing`: the datasource needs
 * a scope that wasn't granted. `suspended`: the person wasn't in the catalog, or another one had their name.
 *
 * @public
 */
export type ConnectionState =
  | 'not_connected'
  | 'connected'
  | 'reconnect'
  | 'consent_outdated'
  | 'scope_missing'
  | 'suspended';

/**
 * A datasource to which a person can connect their own account. Only that person sees it.
 *
 * @public
 */
export interface Connection {
  /** Name of the datasource. */
  datasource: string;
  /** Display name of the datasource. */
  title?: string;
  /** Description of the datasource. */
  description?: string;
  /** State of the connection. */
  state: ConnectionState;
  /** What connecting means now. */
  terms: ConnectionTerms;
  /** What the person enters to connect. Absent if they approve at the provider. */
  form?: ConnectionForm;
  /** What the person agreed to, if they are connected. */
  agreed?: ConnectionTerms;
  /** The account, if the provider states it. */
  account?: string;
  /** Granted scope, space-separated. */
  scope?: string;
  /** Requested scopes that were not granted, if any. */
  missingScopes?: string[];
  /** Epoch milliseconds. */
  connectedAt?: number;
  /** Epoch milliseconds at which what the person entered expires, if they said so. */
  expiresAt?: number;
  /** Epoch milliseconds at which a plugin last got a token, or the gateway made a call. */
  lastUsedAt?: number;
  /** Delegations that wait for the person, or live. Newest first. */
  delegations?: Delegation[];
}

/**
 * Why a person can't connect any account. They can still disconnect.
 *
 * @public
 */
export interface ConnectionRefusal {
  /** `shared_user`: several people share the user. `not_allowed`: a permission is missing. */
  code: 'shared_user' | 'not_allowed';
  /** The reason in English. */
  message: string;
  /** The reason as codes and values. */
  texts?: readonly Message[];
}

/**
 * Response of `GET /connections`.
 *
 * @public
 */
export interface ConnectionList {
  /** Why the person can't connect, if they can't. */
  refusal?: ConnectionRefusal;
  /** All datasources to which the person can connect, or is connected. */
  items: Connection[];
}

/**
 * Response of `DELETE /connections/{name}`.
 *
 * @public
 */
export interface Disconnection {
  /** Whether the provider confirmed that the tokens are invalid. If not, it is asked again for a week. */
  revoked: boolean;
}

/**
 * A person who is connected to a datasource, as users with `connection.manage` see it. Without account, scope and
 * terms.
 *
 * @public
 */
export interface ConnectedPerson {
  /** Entity ref of the user. */
  user: string;
  /** Epoch milliseconds. */
  connectedAt?: number;
  /** Epoch milliseconds at which a plugin last got a token, or the gateway made a call. */
  lastUsedAt?: number;
}

/**
 * Query of `GET /datasources/{name}/connections`.
 *
 * @public
 */
export interface ConnectedPeopleQuery {
  /** Maximum number of people on a page. */
  limit?: number;
  /** Returns only people after this entity ref. */
  after?: string;
}

/**
 * Schema of a `ConnectedPeopleQuery`.
 *
 * @public
 */
export const connectedPeopleQuerySchema = schemaOf<ConnectedPeopleQuery, any>()(
  z.object({
    limit: z.coerce.number<number>().int().min(1).max(200).default(50),
    after: z.string().max(300).optional(),
  }),
);

/**
 * Response of `GET /datasources/{name}/connections`, sorted by entity ref.
 *
 * @public
 */
export interface ConnectedPeople {
  /** The people of this page. */
  items: ConnectedPerson[];
  /** Pass this as `after` to get the next page; absent on the last page. */
  nextAfter?: string;
  /** Number of all people who are connected. */
  totalItems: number;
}

/**
 * Response of `DELETE /datasources/{name}/connections`. The provider is asked to revoke the tokens after it.
 *
 * @public
 */
export interface Disconnections {
  /** Number of people whose connection ended. */
  disconnected: number;
}

/**
 * Where a person is named besides their connections, with the number of rows.
 *
 * @public
 */
export interface PersonalMentions {
  /** Entries of timelines. */
  timeline: number;
  /** Datasources that they created or changed, and the secrets that they entered. */
  datasources: number;
  /** Shared credentials that they cleared. */
  credentials: number;
  /** Approval requests that they sent, got or answered. */
  requests: number;
  /** Attempts to get a credential. They are removed within an hour. */
  attempts: number;
}

/**
 * Response of `GET /connections/export`: what is stored about the caller.
 *
 * @public
 */
export interface PersonalData {
  /** Entity ref of the user. */
  user: string;
  /** Their connections, with accounts, terms and last use. */
  connections: Connection[];
  /** `metadata.uid` of their entity in the catalog, to notice when they leave. */
  catalogUid?: string;
  /** Where else they are named. */
  mentions: PersonalMentions;
}

/**
 * Response of `DELETE /connections`.
 *
 * @public
 */
export interface PersonalDataRemoval extends Disconnections, Disconnection {
  /** The entity ref that replaces the person's own where others can still see it. */
  pseudonym: string;
}
