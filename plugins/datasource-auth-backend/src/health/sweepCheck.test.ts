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
  it('says when the last run ended, on whichever replica', async () => {
    expect(await check(ran(2))).toEqual({
      id: 'sweep',
      state: 'ok',
      title: 'Credentials are renewed in the background',
      detail: 'The last run ended 2 minutes ago; the interval is 1 minute.',
    });
  });

  it('allows a run its time, and after three missed turns says where to look', async () => {
    expect(await check(ran(12))).toMatchObject({ state: 'ok' });
    expect(await check(ran(14))).toMatchObject({
      state: 'problem',
      remedy: expect.stringContaining(
        'at least one replica runs scheduled tasks',
      ),
    });
  });

  it('says that the last run failed, and nothing of what it said', async () => {
    const { state, detail } = await check(ran(1, { lastRunError: 'secret' }));
    expect(state).toBe('problem');
    expect(detail).toMatch(/It failed\.$/);
    expect(detail).not.toContain('secret');
  });

  it('finds nothing wrong before the first run', async () => {
    for (const taskState of [null, { status: 'idle' }]) {
      expect(
        await check({
          status: 200,
          body: { tasks: [{ taskId: SWEEP_TASK, taskState }] },
        }),
      ).toMatchObject({ state: 'unknown', detail: 'It has not run yet.' });
    }
  });

  it('could not be made where the scheduler does not tell', async () => {
    expect(await check({ status: 404 })).toMatchObject({
      state: 'unknown',
      detail: "This backend's scheduler does not tell when it last ran.",
    });
  });

  it.each([
    ['nobody answers', undefined],
    ['the answer is another one', { status: 200, body: { tasks: 'none' } }],
    ['the task is not there', { status: 200, body: { tasks: [] } }],
    ['it is refused', { status: 401 }],
  ])('says what to see to where %s', async (_, answer) => {
    expect(await check(answer)).toMatchObject({
      state: 'unknown',
      remedy: expect.stringContaining('backend.baseUrl'),
    });
  });
});
