import {
  Breadcrumbs as BackstageBreadcrumbs,
  Link,
} from '@backstage/core-components';
import Typography from '@material-ui/core/Typography';
import { useText } from '../translation';
import { usePaths } from './paths';

/** Props of {@link Breadcrumbs}. */
export interface BreadcrumbsProps {
  datasource?: { name: string; title?: string };
  /** Title of the current view. */
  last: string;
}

/** Links from the list to the current view. */
export const Breadcrumbs = ({ datasource, last }: BreadcrumbsProps) => {
  const t = useText();
  const paths = usePaths();
  return (
    <BackstageBreadcrumbs>
      <Link to={paths.list}>{t('title')}</Link>
      {datasource && (
        <Link to={paths.detail(datasource.name)}>
          {datasource.title ?? datasource.name}
        </Link>
      )}
      <Typography aria-current="page">{last}</Typography>
    </BackstageBreadcrumbs>
  );
};
