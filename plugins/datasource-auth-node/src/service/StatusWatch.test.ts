import { mockServices } from '@backstage/backend-test-utils';
import { ConsumableDatasource } from 'backstage-plugin-datasource-auth-common';
import { StatusWatch } from './StatusWatch';

describe('StatusWatch', () => {
  beforeEach(() => {
    jest.useFakeTimers();
  });
  afterEach(() => jest.useRealTimers());

  let current: ConsumableDatasource | Error;
  const read = jest.fn(async () => {
    if (current instanceof Error) throw current;
    return current;
  });
  const listener = jest.fn();
  const be = (
    state: ConsumableDatasource['status']['state'],
    reason = 'why',
  ) => {
    current = { name: 'x', status: { state, reason } };
  };
  const pass = (ms: number) => jest.advanceTimersByTimeAsync(ms);

  beforeEach(() => {
    jest.clearAllMocks();
    listener.mockReset();
    be('AUTHORIZED');
  });

  it('reports only changes of state and reason', async () => {
    const watch = StatusWatch.start({ read, listener, everyMs: 5_000 });
    await pass(11_000);
    expect(read).toHaveBeenCalledTimes(3);
    expect(listener).not.toHaveBeenCalled();
    be('NOT_AUTHORIZED', 'refused');
    await pass(10_000);
    be('NOT_AUTHORIZED', 'cleared');
    await pass(10_000);
    expect(listener.mock.calls.map(([{ status }]) => status)).toEqual([
      { state: 'NOT_AUTHORIZED', reason: 'refused' },
      { state: 'NOT_AUTHORIZED', reason: 'cleared' },
    ]);
    watch.unsubscribe();
  });

  it('ends with the subscription, even during a poll', async () => {
    const watch = StatusWatch.start({ read, listener, everyMs: 5_000 });
    await pass(0);
    be('ERROR');
    jest.advanceTimersByTime(5_000); // the poll has started
    watch.unsubscribe();
    await pass(60_000);
    expect(read).toHaveBeenCalledTimes(2);
    expect(listener).not.toHaveBeenCalled();
  });

  it('skips failed polls, and survives a listener that throws', async () => {
    const logger = mockServices.logger.mock();
    const watch = StatusWatch.start({ read, listener, everyMs: 5_000, logger });
    await pass(0);
    current = new Error('away');
    await pass(5_000);
    be('ERROR');
    listener.mockRejectedValueOnce(new Error('mine'));
    await pass(5_000);
    be('AUTHORIZED');
    await pass(5_000);
    expect(listener).toHaveBeenCalledTimes(2);
    expect(logger.debug).toHaveBeenCalledTimes(2);
    watch.unsubscribe();
  });

  it('polls every 30 seconds by default, and at most once a second', async () => {
    const slow = StatusWatch.start({ read, listener });
    await pass(29_000);
    expect(read).toHaveBeenCalledTimes(1);
    slow.unsubscribe();
    const fast = StatusWatch.start({ read, listener, everyMs: 1 });
    await pass(900);
    expect(read).toHaveBeenCalledTimes(2);
    fast.unsubscribe();
  });
});
