import { Link } from '@backstage/core-components';
import { useText } from '../translation';
import { Notice } from './Notice';
import { usePaths } from './paths';
import { ViewFrame } from './ViewFrame';

/** What stands at an address that is none of the page's. */
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
