import Button from '@material-ui/core/Button';
import { useText } from '../translation';
import { failureOfError } from './failure';
import { FailureView } from './FailureView';

/** Props of {@link LoadFailure}. */
export interface LoadFailureProps {
  error: Error;
  /** Reloads; absent if the view has its own way to do so. */
  onRetry?: () => void;
}

/** Replaces content that couldn't be loaded: shows why, and what to do. */
export const LoadFailure = ({ error, onRetry }: LoadFailureProps) => {
  const t = useText();
  const failure = failureOfError(error);
  const { pathname, search } = window.location;
  return (
    <>
      <FailureView failure={failure} alert />
      {failure.sessionEnded && (
        // Backstage checks who is signed in when it loads, so a plain link to the same address is enough.
        <Button
          variant="contained"
          color="primary"
          href={`${pathname}${search}`}
        >
          {t('session.signIn')}
        </Button>
      )}
      {!failure.sessionEnded && onRetry && (
        <Button variant="outlined" onClick={onRetry}>
          {t('list.retry')}
        </Button>
      )}
    </>
  );
};
