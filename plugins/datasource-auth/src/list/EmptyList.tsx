import { LinkButton } from '@backstage/core-components';
import Box from '@material-ui/core/Box';
import Button from '@material-ui/core/Button';
import Typography from '@material-ui/core/Typography';
import { usePaths } from '../frame';
import { useText } from '../translation';
import { Snippet } from '../usage/Snippet';

/** A name for the example. */
const EXAMPLE = 'pagerduty';

/** Props of {@link EmptyList}. */
export interface EmptyListProps {
  filtered: boolean;
  mayCreate: boolean;
  onClearFilters: () => void;
}

/** Says why the list is empty, and what to do. */
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
        <Button size="small" variant="outlined" onClick={onClearFilters}>
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
    <Box maxWidth={720}>
      <Typography paragraph>
        {t('list.emptyTitle')} {t('list.emptyText')}
      </Typography>
      <Box display="flex" flexWrap="wrap" mb={3} style={{ gap: 8 }}>
        <LinkButton variant="contained" color="primary" to={paths.gallery}>
          {t('gallery.choose')}
        </LinkButton>
        <LinkButton variant="outlined" color="primary" to={paths.openapi}>
          {t('list.importOpenApi')}
        </LinkButton>
        <LinkButton variant="outlined" color="primary" to={paths.create}>
          {t('list.startBlank')}
        </LinkButton>
      </Box>
      <details>
        <Typography
          component="summary"
          gutterBottom
          style={{ cursor: 'pointer' }}
        >
          {t('list.threeLines')}
        </Typography>
        <Snippet name={EXAMPLE} />
      </details>
    </Box>
  );
};
