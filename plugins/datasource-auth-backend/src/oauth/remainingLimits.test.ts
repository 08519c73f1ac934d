import { remainingLimits } from './remainingLimits';

describe('I2: the limits of a request that is sent again with another proof', () => {
  const onSend = () => {};

  it('end both requests when the first one alone would have to end', () => {
    const limits = { startWithin: 5_000, answerWithin: 15_000, onSend };
    expect(remainingLimits({ ...limits, readWithin: 50_000 }, 12_000)).toEqual({
      ...{ startWithin: 8_000, answerWithin: 15_000, readWithin: 38_000 },
      onSend,
    });
  });

  it('let nothing start after a pause that outlived the lease', () => {
    const limits = { startWithin: 0, answerWithin: 15_000, readWithin: 50_000 };
    expect(remainingLimits(limits, 60_000)).toMatchObject({
      ...{ startWithin: 1, readWithin: 1 },
    });
  });

  it('are absent where the first request has none', () => {
    expect(remainingLimits({}, 1_000)).toEqual({});
  });
});
