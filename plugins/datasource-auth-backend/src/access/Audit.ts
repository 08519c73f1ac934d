import { createHash } from 'node:crypto';
import {
  AuditorService,
  AuditorServiceEvent,
} from '@backstage/backend-plugin-api';
import { JsonObject } from '@backstage/types';
import {
  DATASOURCE_NAME_PATTERN,
  DatasourceAuthError,
} from 'backstage-plugin-datasource-auth-common';
import { UsageCount } from '../activity/UsageRecorder';
import { OAuthExchangeError } from '../oauth/OAuthExchangeError';
import { Caller, callerName } from './caller';

/** Events by which an operator searches the audit log; `actionType` tells their variants apart. */
export type AuditEventId =
  | 'datasource-mutate'
  | 'credential-mutate'
  | 'authorization'
  | 'token-hand-out'
  | 'access-refused'
  | 'key-rotation';

const SEVERITY = {
  'datasource-mutate': 'medium',
  'credential-mutate': 'medium',
  authorization: 'medium',
  'token-hand-out': 'low',
  'access-refused': 'medium',
  'key-rotation': 'high',
} as const;

const HOUR = 60 * 60_000;
/** Different refusals that get an event of their own in one hour. Further ones are only counted. */
const MAX_TOLD = 10_000;

/**
 * What is counted because anyone can cause it: requests to start an authorization with an invalid ticket, callbacks with an
 * invalid state, and refusals beyond {@link MAX_TOLD}. A closed set: no text of a request becomes a key.
 */
type CountedKind = 'start' | 'callback' | 'more';

interface Counted {
  count: number;
  /** Epoch milliseconds. */
  toldAt: number;
}

/** What somebody does. */
export interface AuditedAction {
  event: AuditEventId;
  action: string;
  /** Nobody where a browser comes without a token of Backstage, or the plugin acts by itself. */
  caller?: Caller;
  datasource?: string;
  /** Ids, names and numbers; nothing that somebody else wrote. */
  details?: JsonObject;
}

/**
 * Writes audit events, in one place and in one shape: who, what, to which datasource, and how it ended. Without the
 * request, whose address could hold a code; and of errors only their code, because a message can quote what was sent.
 */
export class Audit {
  readonly #auditor: AuditorService;
  /** Hashes of what was refused in this hour, so that a repeated request doesn't fill the log. */
  #told = { hour: 0, keys: new Set<string>() };
  readonly #counted = new Map<CountedKind, Counted>();

  constructor(options: { auditor: AuditorService }) {
    this.#auditor = options.auditor;
  }

  /**
   * Runs an act between its audit event and the event's outcome. Each refused act has an event as well: Backstage's
   * auditor records every attempt with its outcome, and this caller is signed in and named. Only anonymous attempts are
   * counted instead, see {@link Audit.runOpen}.
   */
  async run<T>(
    act: AuditedAction,
    doIt: () => Promise<T>,
    outcome?: (result: T) => JsonObject,
  ): Promise<T> {
    const event = await this.#event(act);
    let result: T;
    try {
      result = await doIt();
    } catch (error) {
      await fail(event, codeOf(error));
      throw error;
    }
    await event.success(outcome && { meta: outcome(result) });
    return result;
  }

  /**
   * Runs an act that anyone on the network can request. A success gets an event, and so does a failure at the provider,
   * because both belong to an attempt of ours. Every other failure is counted.
   */
  async runOpen<T>(
    act: AuditedAction & { action: CountedKind },
    doIt: () => Promise<T>,
    outcome?: (result: T) => JsonObject,
  ): Promise<T> {
    let result: T;
    try {
      result = await doIt();
    } catch (error) {
      if (error instanceof OAuthExchangeError) {
        await fail(await this.#event(act), codeOf(error));
      } else this.#count(act.action);
      throw error;
    }
    const event = await this.#event(act);
    await event.success(outcome && { meta: outcome(result) });
    return result;
  }

  /** Runs an act that has no event of its own, and counts its failures. */
  async countFailures<T>(
    kind: CountedKind,
    doIt: () => Promise<T>,
  ): Promise<T> {
    try {
      return await doIt();
    } catch (error) {
      this.#count(kind);
      throw error;
    }
  }

  /**
   * Writes one event for each kind of act that was only counted, at most one per kind and hour.
   *
   * @param options - `all`: also within the hour, because the process ends
   */
  async tellCounted(options: { all?: boolean } = {}): Promise<void> {
    const now = Date.now();
    for (const [action, counted] of this.#counted) {
      const { count, toldAt } = counted;
      if (count === 0 || (!options.all && now - toldAt < HOUR)) continue;
      this.#counted.set(action, { count: 0, toldAt: now });
      const event = await this.#event({
        event: 'access-refused',
        action,
        details: { count },
      });
      await fail(event, 'counted');
    }
  }

  /** Something that is over. */
  async note(act: AuditedAction): Promise<void> {
    const event = await this.#event(act);
    await event.success();
  }

  /**
   * Audits a refusal the first time in an hour; how often it happened is counted elsewhere. Only name a datasource that
   * exists: with any other name, each request would get an event of its own.
   *
   * @returns whether it was the first time
   */
  async refused(
    act: Omit<AuditedAction, 'event'> & { caller: Caller },
    code: string,
  ): Promise<boolean> {
    const { action, caller, datasource } = act;
    const key = createHash('sha256')
      .update(
        JSON.stringify([
          ...[action, code, datasource, callerName(caller), pluginOf(caller)],
        ]),
      )
      .digest('base64url');
    const hour = Math.floor(Date.now() / HOUR);
    if (this.#told.hour !== hour) this.#told = { hour, keys: new Set() };
    if (this.#told.keys.has(key)) return false;
    if (this.#told.keys.size >= MAX_TOLD) {
      this.#count('more');
      return false;
    }
    this.#told.keys.add(key);
    await fail(await this.#event({ ...act, event: 'access-refused' }), code);
    return true;
  }

  /** Tokens that were handed out and refused since the last time: one event a datasource and plugin, never one a token. */
  async handOuts(counts: UsageCount[]): Promise<void> {
    for (const { datasourceId, plugin, ...more } of counts) {
      const { handOuts, rejections, refusals } = more;
      await this.note({
        event: 'token-hand-out',
        action: 'summary',
        details: { datasourceId, plugin, handOuts, rejections, refusals },
      });
    }
  }

  #count(kind: CountedKind) {
    const { count = 0, toldAt = 0 } = this.#counted.get(kind) ?? {};
    this.#counted.set(kind, { count: count + 1, toldAt });
  }

  #event({ event, action, caller, datasource, details }: AuditedAction) {
    const plugin = caller && pluginOf(caller);
    return this.#auditor.createEvent({
      eventId: event,
      severityLevel: SEVERITY[event],
      // Without the request the auditor takes this plugin for the actor: the real one is named here.
      meta: {
        actionType: action,
        ...(caller && { actor: callerName(caller) }),
        ...(plugin && { through: `plugin:${plugin}` }),
        // What somebody asked for under a name that none can have may be anything.
        ...(datasource !== undefined &&
          DATASOURCE_NAME_PATTERN.test(datasource) && { datasource }),
        ...details,
      },
    });
  }
}

async function fail(event: AuditorServiceEvent, code: string): Promise<void> {
  await event.fail({ error: new Error(code), meta: { code } });
}

/** The plugin that calls for a user. */
function pluginOf(caller: Caller): string | undefined {
  return caller.kind === 'user' ? caller.plugin : undefined;
}

function codeOf(error: unknown): string {
  if (error instanceof DatasourceAuthError) return error.code;
  if (error instanceof OAuthExchangeError) return error.diagnosis.code;
  return 'internal';
}
