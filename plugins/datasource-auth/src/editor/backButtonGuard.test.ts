import { guardBackButton, installBackButtonGuard } from './backButtonGuard';

const back = () => window.dispatchEvent(new PopStateEvent('popstate'));

describe('backButtonGuard', () => {
  it('keeps a step back from a router that came later, as long as something guards it', () => {
    installBackButtonGuard();
    installBackButtonGuard();
    const router = jest.fn();
    window.addEventListener('popstate', router);
    const guard = jest.fn((event: Event) => event.stopImmediatePropagation());

    const stop = guardBackButton(guard);
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
    installBackButtonGuard();
    const first = guardBackButton(() => {});
    const second = jest.fn();
    const stop = guardBackButton(second);
    first();
    back();
    expect(second).toHaveBeenCalledTimes(1);
    stop();
  });
});
