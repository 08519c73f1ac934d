import { Link } from 'react-router-dom';
import Button from '@material-ui/core/Button';
import Typography from '@material-ui/core/Typography';
import { usePaths } from '../frame';
import { useText } from '../translation';

/** Props of {@link EmptyList}. */
export interface EmptyListProps {
  filtered: boolean;
  mayCreate: boolean;
  onClearFilters: () => void;
}

/** Why there is nothing in the list, and what to do about it. */
export const EmptyList = ({
  filtered,
  mayCreate,
  onClearFilters,
}: EmptyListProps) => {
  const t = useText();
  const paths = usePaths();
  if (filtered)
    return (
      <Typography>
        {t('list.nothingMatches')}{' '}
        <Button size="small" onClick={onClearFilters}>
          {t('list.clearFilters')}
        </Button>
      </Typography>
    );
  if (!mayCreate)
    return (
      <Typography>
        {t('list.emptyTitle')} {t('list.emptyAsk')}
      </Typography>
    );
  return (
    <>
      <Typography paragraph>
        {t('list.emptyTitle')} {t('list.emptyText')}
      </Typography>
      <Button
        variant="contained"
        color="primary"
        component={Link}
        to={paths.gallery}
      >
        {t('gallery.choose')}
      </Button>{' '}
      <Button
        variant="outlined"
        color="primary"
        component={Link}
        to={paths.create}
      >
        {t('list.startBlank')}
      </Button>
    </>
  );
};
