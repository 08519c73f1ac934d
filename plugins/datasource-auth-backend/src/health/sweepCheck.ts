import { HealthCheck } from 'backstage-plugin-datasource-auth-common';
import { BackstagePlugins, PluginResponse } from './BackstagePlugins';
import { formatDuration } from '../settings/formatTime';

/** Id of the scheduled task that renews what is due. */
export const SWEEP_TASK = 'datasource-auth-refresh-sweep';

/** A run may take its time-out of ten minutes; after three missed turns beyond it something is wrong. */
const RUN_MILLISECONDS = 600_000;
const MISSED_TURNS = 3;

/** As Backstage's scheduler tells it of each task. */
interface TaskState {
  lastRunEndedAt?: string;
  lastRunError?: string;
}

/**
 * Whether the background sweep runs, on whichever replica: Backstage's scheduler keeps that in the database.
 *
 * @param sweepEvery - milliseconds between two runs
 */
export async function sweepCheck(options: {
  plugins: Pick<BackstagePlugins, 'get'>;
  sweepEvery: number;
}): Promise<HealthCheck> {
  const answer = await options.plugins.get(
    'datasource-auth',
    '/.backstage/scheduler/v1/tasks',
  );
  return {
    id: 'sweep',
    title: 'Credentials are renewed in the background',
    ...judge(answer, options.sweepEvery),
  };
}

function judge(
  answer: PluginResponse | undefined,
  sweepEvery: number,
): Pick<HealthCheck, 'state' | 'detail' | 'remedy'> {
  if (answer?.status === 404) {
    return {
      state: 'unknown',
      detail: "This backend's scheduler does not tell when it last ran.",
    };
  }
  const state = answer?.status === 200 ? stateOf(answer.body) : undefined;
  if (!state) {
    return {
      state: 'unknown',
      detail: 'When it last ran could not be read.',
      remedy:
        'See that backend.baseUrl, or the discovery that you use, leads from this backend to itself.',
    };
  }
  const { lastRunEndedAt, lastRunError } = state;
  if (!lastRunEndedAt)
    return { state: 'unknown', detail: 'It has not run yet.' };
  const age = Math.max(0, Date.now() - Date.parse(lastRunEndedAt));
  const detail = `The last run ended ${formatDuration(
    age,
  )} ago; the interval is ${formatDuration(sweepEvery)}.`;
  if (lastRunError) {
    return {
      state: 'problem',
      detail: `${detail} It failed.`,
      remedy: `Look for ${SWEEP_TASK} in the backend's log.`,
    };
  }
  if (age > MISSED_TURNS * sweepEvery + RUN_MILLISECONDS) {
    return {
      state: 'problem',
      detail,
      remedy: `See that at least one replica runs scheduled tasks, and look for ${SWEEP_TASK} in its log. Until then credentials are renewed when they are used.`,
    };
  }
  return { state: 'ok', detail };
}

function stateOf(body: unknown): TaskState | undefined {
  const tasks = (body as { tasks?: unknown } | undefined)?.tasks;
  if (!Array.isArray(tasks)) return undefined;
  const task = tasks.find(({ taskId }) => taskId === SWEEP_TASK);
  return task && (task.taskState ?? {});
}
