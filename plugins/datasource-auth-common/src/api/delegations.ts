import { z } from 'zod';
import { addFault, fault, FAULTS } from '../faults';
import { datasourceRefSchema } from '../names';
import { schemaOf } from '../schemaOf';

const MAX_PURPOSE = 200;
const MAX_CONTEXT_ENTRIES = 10;
const MAX_CONTEXT_VALUE = 300;

/** People read these texts before they agree: nothing may change the line, or the direction of the text. */
const MISLEADING = /[\p{Cc}\p{Bidi_Control}]/u;

/** Letters first, so that no name is one of JavaScript's own. */
const CONTEXT_NAME = /^[A-Za-z][A-Za-z0-9_.-]{0,49}$/;

const shownText = (max: number) =>
  z
    .string()
    .min(1, FAULTS.valueMissing)
    .max(max)
    .refine(text => !MISLEADING.test(text), {
      error: FAULTS.controlCharacters,
    });

/**
 * What a delegation is for, by name, such as `{ task: '42' }`. Each use must name the same values.
 *
 * @public
 */
export type DelegationContext = Record<string, string>;

/**
 * Schema of a `DelegationContext`.
 *
 * @public
 */
export const delegationContextSchema = schemaOf<DelegationContext>()(
  z
    .record(z.string().regex(CONTEXT_NAME), shownText(MAX_CONTEXT_VALUE))
    .superRefine((context, ctx) => {
      const { length } = Object.keys(context);
      if (length < 1 || length > MAX_CONTEXT_ENTRIES)
        addFault(
          ctx,
          fault('fault.contextEntries', { max: MAX_CONTEXT_ENTRIES }),
        );
    }),
);

/**
 * Body of `POST /delegations`.
 *
 * @public
 */
export interface DelegationCreate {
  /** Name of the datasource. */
  datasource: string;
  /** What the plugin does as the user. The user reads it before they agree. */
  purpose: string;
  /** What it is for. Each use must name the same values. */
  context: DelegationContext;
  /** Epoch milliseconds at which it ends. Default: in 7 days. */
  until?: number;
  /**
   * False: only reads the decision. If the user declined, or wasn't asked, the call fails with `delegation_ended`
   * instead of asking them. Default: true.
   */
  askAgain?: boolean;
}

/**
 * Schema of a `DelegationCreate`.
 *
 * @public
 */
export const delegationCreateSchema = schemaOf<DelegationCreate>()(
  z.strictObject({
    datasource: datasourceRefSchema,
    purpose: shownText(MAX_PURPOSE),
    context: delegationContextSchema,
    until: z.int().positive().optional(),
    askAgain: z.boolean().optional(),
  }),
);

/**
 * Response of `POST /delegations`, once the user agreed.
 *
 * @public
 */
export interface DelegationHandle {
  /** Secret. Only the plugin that asked can use it, and only in the same context. Never put it into a log or URL. */
  delegation: string;
  /** Epoch milliseconds at which it ends. */
  until: number;
}

/**
 * Body of `POST /delegations/{id}/approval`.
 *
 * @public
 */
export interface DelegationApproval {
  /** The `version` of the delegation that the user read. */
  version: string;
}

/**
 * Schema of a `DelegationApproval`.
 *
 * @public
 */
export const delegationApprovalSchema = schemaOf<DelegationApproval>()(
  z.strictObject({ version: z.string().max(100) }),
);

/**
 * State of a delegation. `pending`: it waits for its user. `ended`: declined, taken back, or over.
 *
 * @public
 */
export type DelegationState = 'pending' | 'live' | 'ended';

/**
 * A user's leave for one plugin to act as them while they aren't there. Only that user sees it.
 *
 * @public
 */
export interface Delegation {
  /** A UUID. */
  id: string;
  /** State of the delegation. */
  state: DelegationState;
  /** ID of the plugin that acts as the user. */
  plugin: string;
  /** What the plugin says it is for. Show it as a quote. */
  purpose: string;
  /** What it is limited to, by name. */
  context: DelegationContext;
  /** Scopes of the user's account. */
  scopes: string[];
  /** Hosts that are called as the user. */
  hosts: string[];
  /** Epoch milliseconds at which it ends. */
  until: number;
  /** Epoch milliseconds. */
  createdAt: number;
  /** Epoch milliseconds at which the user agreed, or it ended. */
  decidedAt?: number;
  /** Epoch milliseconds at which the plugin last acted as the user. */
  lastUsedAt?: number;
}

/**
 * Response of `GET /delegations/{id}`: what the user agrees to.
 *
 * @public
 */
export interface DelegationDetails extends Delegation {
  /** Name of the datasource. */
  datasource: string;
  /** Display name of the datasource. */
  title?: string;
  /** The connected account, if the provider states it. */
  account?: string;
  /** Identifies what is shown. An approval names it, so that nobody agrees to anything else. */
  version: string;
}
