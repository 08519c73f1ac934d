import { PluginResponse } from './BackstagePlugins';
import { SWEEP_TASK, sweepCheck } from './sweepCheck';

const MINUTE = 60_000;

const check = (answer: PluginResponse | undefined) =>
  sweepCheck({ plugins: { get: async () => answer }, sweepEvery: MINUTE });

const ran = (minutesAgo: number, more: object = {}) => ({
  status: 200,
  body: {
    tasks: [
      { taskId: 'another', taskState: { lastRunError: 'no' } },
      {
        taskId: SWEEP_TASK,
        taskState: {
          status: 'idle',
          lastRunEndedAt: new Date(
            Date.now() - minutesAgo * MINUTE,
          ).toISOString(),
          ...more,
        },
      },
    ],
  },
});

describe('sweepCheck', () => {
  it('shows when the last run ended on any replica', async () => {
    expect(await check(ran(2))).toEqual({
      id: 'sweep',
      state: 'ok',
      title: 'Credentials are refreshed in the background',
      detail: 'The last run ended 2 minutes ago. The interval is 1 minute.',
      texts: {
        title: [{ code: 'health.sweep.title' }],
        detail: [
          {
            code: 'health.sweep.lastRun',
            values: {
              age: { code: 'name.minutes', values: { count: 2 } },
              interval: { code: 'name.minutes', values: { count: 1 } },
            },
          },
        ],
      },
    });
  });

  it('tolerates a long run, and after three missed runs says where to look', async () => {
    expect(await check(ran(12))).toMatchObject({ state: 'ok' });
    expect(await check(ran(14))).toMatchObject({
      state: 'problem',
      remedy: expect.stringContaining(
        'at least one replica runs scheduled tasks',
      ),
    });
  });

  it('says that the last run failed, without its error', async () => {
    const failed = await check(ran(1, { lastRunError: 'secret' }));
    expect(failed).toMatchObject({
      state: 'problem',
      title: 'The last background refresh failed',
    });
    expect(JSON.stringify(failed)).not.toContain('secret');
  });

  it('reports no problem before the first run', async () => {
    for (const taskState of [null, { status: 'idle' }]) {
      expect(
        await check({
          status: 200,
          body: { tasks: [{ taskId: SWEEP_TASK, taskState }] },
        }),
      ).toMatchObject({
        state: 'unknown',
        title: "The background refresh hasn't run yet",
      });
    }
  });

  it('is unknown if the scheduler reports no tasks', async () => {
    expect(await check({ status: 404 })).toMatchObject({
      state: 'unknown',
      detail: "This backend's scheduler doesn't report when the task last ran.",
    });
  });

  it.each([
    ['there is no response', undefined],
    ['the response is unexpected', { status: 200, body: { tasks: 'none' } }],
    ['the task is missing', { status: 200, body: { tasks: [] } }],
    ['the request is rejected', { status: 401 }],
  ])('says what to check if %s', async (_, answer) => {
    expect(await check(answer)).toMatchObject({
      state: 'unknown',
      remedy: expect.stringContaining('backend.baseUrl'),
    });
  });
});
