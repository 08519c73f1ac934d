import {
  MutableRefObject,
  useContext,
  useEffect,
  useRef,
  useState,
} from 'react';
import {
  UNSAFE_NavigationContext as NavigationContext,
  useHref,
  useLocation,
} from 'react-router-dom';
import { ConfirmDialog } from '../frame';
import { useText } from '../translation';
import { guardBackButton } from './backButtonGuard';
import { useKeptForm } from './useKeptForm';

/** Props of {@link UnsavedGuard}. */
export interface UnsavedGuardProps {
  unsaved: string[];
  /** Set when leaving is intended: after Save, or to go to the provider's page. */
  mayLeave: MutableRefObject<boolean>;
  onLeave: () => void;
}

type To = Parameters<
  React.ContextType<typeof NavigationContext>['navigator']['push']
>[0];

function leavesPage(to: To, here: string): boolean {
  const target = typeof to === 'string' ? to.split(/[?#]/)[0] : to.pathname;
  return Boolean(target) && target !== here;
}

/**
 * Asks before leaving unsaved changes. React Router's `useBlocker` and prompt need a data router, but Backstage 1.55
 * renders a `BrowserRouter` in both frontend systems. So this wraps the router's navigator, which React Router exports
 * only as `UNSAFE_NavigationContext`. It reverts the back button and repeats it later; the browser asks before closing
 * the tab. If Backstage renders the page from nothing, the surrounding form keeps its input.
 */
export const UnsavedGuard = ({
  unsaved,
  mayLeave,
  onLeave,
}: UnsavedGuardProps) => {
  const t = useText();
  const { navigator } = useContext(NavigationContext);
  const [go, setGo] = useState<() => void>();
  const here = useHref(useLocation().pathname);
  const guarding = unsaved.length > 0;
  const leave = useRef(onLeave);
  leave.current = onLeave;
  useKeptForm(() => guarding && !mayLeave.current);

  useEffect(() => {
    if (!guarding) return undefined;
    const { push, replace } = navigator;
    const guard =
      (navigate: typeof push): typeof push =>
      (to, ...rest) => {
        if (mayLeave.current || !leavesPage(to, here)) navigate(to, ...rest);
        else setGo(() => () => navigate(to, ...rest));
      };
    navigator.push = guard(push.bind(navigator));
    navigator.replace = guard(replace.bind(navigator));

    const onUnload = (event: BeforeUnloadEvent) => {
      if (!mayLeave.current) event.preventDefault();
    };
    const position = window.history.state?.idx as number | undefined;
    let undoing = false;
    const onPop = (event: PopStateEvent) => {
      if (undoing) {
        undoing = false;
        event.stopImmediatePropagation();
        return;
      }
      const there = event.state?.idx as number | undefined;
      if (mayLeave.current || position === undefined || there === undefined)
        return;
      event.stopImmediatePropagation();
      undoing = true;
      window.history.go(position - there);
      setGo(() => () => window.history.go(there - position));
    };
    window.addEventListener('beforeunload', onUnload);
    const stopGuardingBack = guardBackButton(onPop);
    return () => {
      navigator.push = push;
      navigator.replace = replace;
      window.removeEventListener('beforeunload', onUnload);
      stopGuardingBack();
    };
  }, [guarding, here, navigator, mayLeave]);

  const stay = () => setGo(undefined);
  return (
    <ConfirmDialog
      open={Boolean(go)}
      title={t('editor.guard.title')}
      text={t('editor.guard.text', { what: unsaved.join(', ') })}
      keep={t('editor.guard.stay')}
      confirm={t('editor.guard.leave')}
      onKeep={stay}
      onConfirm={() => {
        mayLeave.current = true;
        leave.current();
        stay();
        go?.();
      }}
    />
  );
};
