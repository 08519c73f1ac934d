import { Link, Progress } from '@backstage/core-components';
import {
  useDatasources,
  useErrorText,
} from 'backstage-plugin-datasource-auth-react';
import Button from '@material-ui/core/Button';
import { makeStyles } from '@material-ui/core/styles';
import Typography from '@material-ui/core/Typography';
import { CredentialRowContent } from '../entities/CredentialRow';
import { usePagePaths } from '../frame';
import { ReadableTheme } from '../frame/ReadableTheme';
import { useOwnRefs } from '../list/useOwnRefs';
import { useText } from '../translation';

const WATCH_EVERY_MS = 60_000;
const SHOWN = 5;

const useStyles = makeStyles(theme => ({
  list: { listStyle: 'none', margin: 0, padding: 0 },
  item: {
    overflowWrap: 'anywhere',
    '& + &': {
      borderTop: `1px solid ${theme.palette.divider}`,
      marginTop: theme.spacing(1.5),
      paddingTop: theme.spacing(1.5),
    },
  },
}));

const AttentionOf = ({ owner }: { owner: string }) => {
  const t = useText();
  const errorText = useErrorText();
  const classes = useStyles();
  const paths = usePagePaths();
  const {
    value: list,
    error,
    retry,
  } = useDatasources(
    { attention: 'true', owner, limit: SHOWN },
    { watchEvery: WATCH_EVERY_MS },
  );
  if (error)
    return (
      <>
        <Typography variant="body2" role="alert" gutterBottom>
          {t('entity.home.failed', { message: errorText(error) })}
        </Typography>
        <Button size="small" variant="outlined" onClick={retry}>
          {t('list.retry')}
        </Button>
      </>
    );
  if (!list) return <Progress aria-label={t('entity.home.loading')} />;
  if (list.items.length === 0)
    return <Typography variant="body2">{t('entity.home.none')}</Typography>;
  const more = (list.totalItems ?? 0) - list.items.length;
  const query = new URLSearchParams({ attention: 'true', owner });
  return (
    <>
      <ul className={classes.list} aria-label={t('entity.home.list')}>
        {list.items.map(item => (
          <li key={item.name} className={classes.item}>
            <CredentialRowContent datasource={item} />
          </li>
        ))}
      </ul>
      {more > 0 && (
        <Typography variant="body2" style={{ marginTop: 12 }}>
          <Link to={`${paths.list}?${query}`} underline="always">
            {t('entity.home.more', { count: more })}
          </Link>
        </Typography>
      )}
    </>
  );
};

/** Lists the user's datasources that need attention, the worst first. Place it in a home page card. */
export const Content = () => {
  const t = useText();
  const errorText = useErrorText();
  const { value: owner, error } = useOwnRefs();
  return (
    <ReadableTheme>
      {owner && <AttentionOf owner={owner} />}
      {!owner && !error && <Progress aria-label={t('entity.home.loading')} />}
      {error && (
        <Typography variant="body2" role="alert">
          {t('entity.home.failed', { message: errorText(error) })}
        </Typography>
      )}
    </ReadableTheme>
  );
};
