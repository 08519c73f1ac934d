import { guardBack, openBackGate } from './backGate';

const back = () => window.dispatchEvent(new PopStateEvent('popstate'));

describe('backGate', () => {
  it('keeps a step back from a router that came later, as long as something guards it', () => {
    openBackGate();
    openBackGate();
    const router = jest.fn();
    window.addEventListener('popstate', router);
    const guard = jest.fn((event: Event) => event.stopImmediatePropagation());

    const stop = guardBack(guard);
    back();
    expect(guard).toHaveBeenCalledTimes(1);
    expect(router).not.toHaveBeenCalled();

    stop();
    back();
    expect(guard).toHaveBeenCalledTimes(1);
    expect(router).toHaveBeenCalledTimes(1);
    window.removeEventListener('popstate', router);
  });

  it('is not opened by the end of another guard', () => {
    openBackGate();
    const first = guardBack(() => {});
    const second = jest.fn();
    const stop = guardBack(second);
    first();
    back();
    expect(second).toHaveBeenCalledTimes(1);
    stop();
  });
});
