import Button from '@material-ui/core/Button';
import { useText } from '../translation';
import { failureOfError } from './failure';
import { FailureView } from './FailureView';

/** Props of {@link LoadFailure}. */
export interface LoadFailureProps {
  error: Error;
  /** Asks again; absent where the view has another way to do so. */
  onRetry?: () => void;
}

/** What stands in place of what could not be loaded: why, and the way on. */
export const LoadFailure = ({ error, onRetry }: LoadFailureProps) => {
  const t = useText();
  const failure = failureOfError(error);
  const { pathname, search } = window.location;
  return (
    <>
      <FailureView failure={failure} alert />
      {failure.sessionEnded && (
        // Backstage asks who somebody is when it is loaded, which a plain link to the same address does.
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
