import {
  HealthCheck,
  message,
  Message,
} from 'backstage-plugin-datasource-auth-common';
import { BackstagePlugins, PluginResponse } from './BackstagePlugins';
import { durationMessage } from '../settings/timeMessages';
import { healthCheck } from './healthCheck';

/** Id of the scheduled task that refreshes due credentials. */
export const SWEEP_TASK = 'datasource-auth-refresh-sweep';

/** A run can take up to its timeout of ten minutes. Three missed turns beyond that are a problem. */
const RUN_MILLISECONDS = 600_000;
const MISSED_TURNS = 3;

/** State of a task, as Backstage's scheduler reports it. */
interface TaskState {
  lastRunEndedAt?: string;
  lastRunError?: string;
}

/**
 * Checks whether the background sweep runs on any replica. Backstage's scheduler keeps that in the database.
 *
 * @param sweepEvery - milliseconds between two runs
 */
export async function sweepCheck(options: {
  plugins: Pick<BackstagePlugins, 'get'>;
  sweepEvery: number;
}): Promise<HealthCheck> {
  const response = await options.plugins.get(
    'datasource-auth',
    '/.backstage/scheduler/v1/tasks',
  );
  return healthCheck({
    id: 'sweep',
    ...judge(response, options.sweepEvery),
  });
}

function judge(
  response: PluginResponse | undefined,
  sweepEvery: number,
): Pick<HealthCheck, 'state'> & {
  title: Message;
  detail: Message[];
  remedy?: Message[];
} {
  if (response?.status === 404) {
    return {
      state: 'unknown',
      title: message('health.sweep.unchecked'),
      detail: [message('health.sweep.notTold')],
    };
  }
  const state = response?.status === 200 ? stateOf(response.body) : undefined;
  if (!state) {
    return {
      state: 'unknown',
      title: message('health.sweep.unchecked'),
      detail: [message('health.sweep.unknown')],
      remedy: [message('health.sweep.unknownRemedy')],
    };
  }
  const { lastRunEndedAt, lastRunError } = state;
  if (!lastRunEndedAt) {
    return {
      state: 'unknown',
      title: message('health.sweep.none'),
      detail: [message('health.sweep.notYet')],
    };
  }
  const age = Math.max(0, Date.now() - Date.parse(lastRunEndedAt));
  const lastRun = message('health.sweep.lastRun', {
    age: durationMessage(age),
    interval: durationMessage(sweepEvery),
  });
  if (lastRunError) {
    return {
      state: 'problem',
      title: message('health.sweep.failed'),
      detail: [lastRun],
      remedy: [message('health.sweep.failedRemedy', { task: SWEEP_TASK })],
    };
  }
  if (age > MISSED_TURNS * sweepEvery + RUN_MILLISECONDS) {
    return {
      state: 'problem',
      title: message('health.sweep.late'),
      detail: [lastRun],
      remedy: [message('health.sweep.lateRemedy', { task: SWEEP_TASK })],
    };
  }
  return {
    state: 'ok',
    title: message('health.sweep.title'),
    detail: [lastRun],
  };
}

function stateOf(body: unknown): TaskState | undefined {
  const tasks = (body as { tasks?: unknown } | undefined)?.tasks;
  if (!Array.isArray(tasks)) return undefined;
  const task = tasks.find(({ taskId }) => taskId === SWEEP_TASK);
  return task && (task.taskState ?? {});
}
