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
  return (
    <>
      <FailureView failure={failureOfError(error)} alert />
      {onRetry && (
        <Button variant="outlined" onClick={onRetry}>
          {t('list.retry')}
        </Button>
      )}
    </>
  );
};
