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
import Button from '@material-ui/core/Button';
import Dialog from '@material-ui/core/Dialog';
import DialogActions from '@material-ui/core/DialogActions';
import DialogContent from '@material-ui/core/DialogContent';
import DialogContentText from '@material-ui/core/DialogContentText';
import DialogTitle from '@material-ui/core/DialogTitle';
import { useElementId, SafeButton } from '../frame';
import { useText } from '../translation';
import { guardBack } from './backGate';

/** Props of {@link UnsavedGuard}. */
export interface UnsavedGuardProps {
  unsaved: string[];
  /** Set when leaving is what the person wants: after Save, or for the provider's page. */
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
 * Asks before unsaved changes are left behind. Backstage's router has no blocker (that needs a data router), so the
 * navigator itself is asked; the back button is undone and repeated; the browser asks about closing the tab.
 */
export const UnsavedGuard = ({
  unsaved,
  mayLeave,
  onLeave,
}: UnsavedGuardProps) => {
  const t = useText();
  const id = useElementId();
  const { navigator } = useContext(NavigationContext);
  const [go, setGo] = useState<() => void>();
  const here = useHref(useLocation().pathname);
  const guarding = unsaved.length > 0;
  const leave = useRef(onLeave);
  leave.current = onLeave;

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
    const stopGuardingBack = guardBack(onPop);
    return () => {
      navigator.push = push;
      navigator.replace = replace;
      window.removeEventListener('beforeunload', onUnload);
      stopGuardingBack();
    };
  }, [guarding, here, navigator, mayLeave]);

  const stay = () => setGo(undefined);
  return (
    <Dialog
      open={Boolean(go)}
      onClose={stay}
      aria-labelledby={`${id}-title`}
      aria-describedby={`${id}-text`}
    >
      <DialogTitle id={`${id}-title`}>{t('editor.guard.title')}</DialogTitle>
      <DialogContent>
        <DialogContentText id={`${id}-text`}>
          {t('editor.guard.text', { what: unsaved.join(', ') })}
        </DialogContentText>
      </DialogContent>
      <DialogActions>
        <SafeButton onClick={stay}>{t('editor.guard.stay')}</SafeButton>
        <Button
          onClick={() => {
            mayLeave.current = true;
            leave.current();
            stay();
            go?.();
          }}
        >
          {t('editor.guard.leave')}
        </Button>
      </DialogActions>
    </Dialog>
  );
};
