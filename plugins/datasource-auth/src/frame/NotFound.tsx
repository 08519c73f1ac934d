import { Link } from '@backstage/core-components';
import { useText } from '../translation';
import { Notice } from './Notice';
import { usePaths } from './paths';
import { ViewFrame } from './ViewFrame';

/** Shown at an unknown address. */
export const NotFound = () => {
  const t = useText();
  const paths = usePaths();
  return (
    <ViewFrame>
      <Notice severity="warning">
        {t('notFound')}{' '}
        <Link to={paths.list} underline="always">
          {t('toList')}
        </Link>
      </Notice>
    </ViewFrame>
  );
};
