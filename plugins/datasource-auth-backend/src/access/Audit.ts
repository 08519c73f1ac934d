import { AuditorService } from '@backstage/backend-plugin-api';
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
/** More different refusals than this in an hour begin to repeat themselves in the log. */
const MAX_TOLD = 10_000;

/** What somebody does. */
export interface AuditedAct {
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
  /** What was refused in this hour, so that who asks again and again does not fill the log. */
  #told = { hour: 0, keys: new Set<string>() };

  static create(options: { auditor: AuditorService }): Audit {
    return new Audit(options.auditor);
  }

  private constructor(auditor: AuditorService) {
    this.#auditor = auditor;
  }

  /** Runs an act between its audit event and the event's outcome. */
  async run<T>(
    act: AuditedAct,
    doIt: () => Promise<T>,
    outcome?: (result: T) => JsonObject,
  ): Promise<T> {
    const event = await this.#event(act);
    let result: T;
    try {
      result = await doIt();
    } catch (error) {
      const code = codeOf(error);
      await event.fail({ error: new Error(code), meta: { code } });
      throw error;
    }
    await event.success(outcome && { meta: outcome(result) });
    return result;
  }

  /** Something that is over. */
  async note(act: AuditedAct): Promise<void> {
    const event = await this.#event(act);
    await event.success();
  }

  /**
   * Somebody was refused. The first time in an hour for the same thing is audited; how often is counted elsewhere.
   *
   * @returns whether it was the first time
   */
  async refused(
    act: Omit<AuditedAct, 'event'> & { caller: Caller },
    code: string,
  ): Promise<boolean> {
    const { action, caller, datasource } = act;
    const key = JSON.stringify([
      ...[action, code, datasource, callerName(caller), pluginOf(caller)],
    ]);
    const hour = Math.floor(Date.now() / HOUR);
    if (this.#told.hour !== hour || this.#told.keys.size >= MAX_TOLD)
      this.#told = { hour, keys: new Set() };
    if (this.#told.keys.has(key)) return false;
    this.#told.keys.add(key);
    const event = await this.#event({ ...act, event: 'access-refused' });
    await event.fail({ error: new Error(code), meta: { code } });
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

  #event({ event, action, caller, datasource, details }: AuditedAct) {
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

/** The plugin that calls for a user. */
function pluginOf(caller: Caller): string | undefined {
  return caller.kind === 'user' ? caller.plugin : undefined;
}

function codeOf(error: unknown): string {
  if (error instanceof DatasourceAuthError) return error.code;
  if (error instanceof OAuthExchangeError) return error.diagnosis.code;
  return 'internal';
}
