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
import { AUDIT_EVENTS, AuditEvent } from './auditEvents';
import { Caller, callerName } from './caller';

const HOUR = 60 * 60_000;
/** Limit of different refusals with their own event in one hour. More are only counted. */
const MAX_TOLD = 10_000;

/**
 * Events that are counted because anyone can cause them: requests to start an authorization with an invalid
 * ticket, callbacks with an invalid state, and refusals beyond {@link MAX_TOLD}. A closed set, so that no
 * text of a request becomes a key.
 */
type CountedKind = 'start' | 'callback' | 'more';

interface Counted {
  count: number;
  /** Epoch milliseconds. */
  toldAt: number;
}

/** An action to audit. */
export type AuditedAction = AuditEvent & {
  /** Missing for a browser without a Backstage token, and for the plugin itself. */
  caller?: Caller;
  datasource?: string;
  /** IDs, names and numbers; no text that others wrote. */
  details?: JsonObject;
};

/**
 * Writes audit events in one format: who, what, on which datasource, and the result. Omits the request, whose
 * URL could contain a code. Of errors, only the code, because a message can quote input.
 */
export class Audit {
  readonly #auditor: AuditorService;
  /** Hashes of this hour's refusals, so that a repeated request doesn't fill the log. */
  #told = { hour: 0, keys: new Set<string>() };
  readonly #counted = new Map<CountedKind, Counted>();

  constructor(options: { auditor: AuditorService }) {
    this.#auditor = options.auditor;
  }

  /**
   * Runs an action and audits it with its result. Each rejected action has an event too: Backstage's auditor
   * records every attempt with its result, and this caller is signed in and named. Only anonymous attempts
   * are counted instead, see {@link Audit.runOpen}.
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
   * Runs an action that anyone on the network can request. A success has an event, and so does a failure at
   * the provider, because both belong to a known attempt. Every other failure is counted.
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

  /** Runs an action without its own event, and counts its failures. */
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
   * Writes one event for each kind of action that was only counted, at most one per kind and hour.
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

  /** An action that has ended. */
  async note(act: AuditedAction): Promise<void> {
    const event = await this.#event(act);
    await event.success();
  }

  /**
   * Audits a refusal the first time in an hour; all are counted elsewhere. Pass only a datasource that
   * exists: with any other name, each request would get its own event.
   *
   * @returns whether it was the first time
   */
  async refused(
    act: Omit<Extract<AuditedAction, { event: 'access-refused' }>, 'event'> & {
      caller: Caller;
    },
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

  /**
   * Writes tokens returned and refused since the last time: one event per datasource and plugin, never per
   * token.
   */
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
      severityLevel: AUDIT_EVENTS[event].severity,
      // Without the request, the auditor records this plugin as the actor. The real one is named here.
      meta: {
        actionType: action,
        ...(caller && { actor: callerName(caller) }),
        ...(plugin && { through: `plugin:${plugin}` }),
        // A request can contain any text as an invalid name.
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
