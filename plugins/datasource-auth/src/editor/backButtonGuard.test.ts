import { guardBackButton, installBackButtonGuard } from './backButtonGuard';

const back = () => window.dispatchEvent(new PopStateEvent('popstate'));

describe('backButtonGuard', () => {
  it('hides a back navigation from a router created later while a guard is active', () => {
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

  it('stays active when another guard ends', () => {
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
