import { useCallback, useMemo, useRef } from 'react';
import { useNavigate } from 'react-router-dom';
import { LinkButton } from '@backstage/core-components';
import { useDatasources } from 'backstage-plugin-datasource-auth-react';
import Box from '@material-ui/core/Box';
import Button from '@material-ui/core/Button';
import { makeStyles } from '@material-ui/core/styles';
import Typography from '@material-ui/core/Typography';
import { DatasourceAuthError } from 'backstage-plugin-datasource-auth-common';
import { isSessionEnded } from '../failures/failure';
import { LoadFailure } from '../failures/LoadFailure';
import { usePaths, ViewFrame } from '../frame';
import { useShortcuts } from '../frame/useShortcuts';
import { useText } from '../translation';
import { AttentionStrip } from './AttentionStrip';
import { DatasourceTable } from './DatasourceTable';
import { EmptyList } from './EmptyList';
import { ListBar } from './ListBar';
import { ListFilters } from './ListFilters';
import { ListMenu } from './ListMenu';
import { TableSkeleton } from './TableSkeleton';
import { TypedFilter } from './TypedFilter';
import { useHovered } from './useHovered';
import { useListQuery } from './useListQuery';
import { SEARCH_KEY, useSearchShortcut } from './useSearchShortcut';

const useStyles = makeStyles(theme => ({
  columns: {
    display: 'flex',
    flexDirection: 'column',
    gap: theme.spacing(1),
    [theme.breakpoints.up('lg')]: {
      display: 'grid',
      gridTemplateColumns: '176px minmax(0, 1fr)',
      gap: theme.spacing(3),
    },
  },
  content: { minWidth: 0 },
  bar: {
    display: 'flex',
    flexWrap: 'wrap',
    alignItems: 'center',
    justifyContent: 'space-between',
    gap: theme.spacing(1, 2),
    marginBottom: theme.spacing(1.5),
  },
  search: { flex: '1 1 260px', maxWidth: 360 },
}));

const WATCH_EVERY_MS = 60_000;
const ATTENTION = { attention: 'true', limit: 6 } as const;

/** Lists all datasources that the user may see: which need attention, their details, and actions. */
export const ListPage = () => {
  const t = useText();
  const classes = useStyles();
  const paths = usePaths();
  const navigate = useNavigate();
  const search = useRef<HTMLInputElement>(null);
  const shortcuts = useShortcuts();
  useSearchShortcut(search, shortcuts.enabled);
  const { query, params, setFilter, clear, filtered } = useListQuery();
  const { hold, holdProps } = useHovered();
  // The strip above the table would move it, so both are updated together.
  const watch = { watchEvery: WATCH_EVERY_MS, hold };
  const list = useDatasources(query, watch);
  const attention = useDatasources(ATTENTION, watch);
  const { error } = list;
  // The strip would push the list down if it loaded later.
  const complete = attention.value ?? attention.error;
  const value = complete && list.value;
  const plugins = useMemo(
    () =>
      [
        ...new Set(
          value?.items.flatMap(({ consumers }) =>
            consumers === '*' ? [] : consumers,
          ),
        ),
      ].sort(),
    [value],
  );
  const [retryList, retryAttention] = [list.retry, attention.retry];
  const reload = useCallback(() => {
    retryList();
    retryAttention();
  }, [retryList, retryAttention]);

  if (
    (error as DatasourceAuthError)?.code === 'not_allowed' &&
    !isSessionEnded(error)
  )
    return (
      <ViewFrame>
        <Typography paragraph>{t('list.noAccess')}</Typography>
        <LinkButton variant="outlined" color="primary" to={paths.connections}>
          {t('connections.title')}
        </LinkButton>
      </ViewFrame>
    );

  const pristine = value?.items.length === 0 && !filtered;
  return (
    <ViewFrame
      subtitle={t('list.subtitle')}
      actions={
        <>
          {value?.mayCreate && !pristine && (
            <LinkButton variant="contained" color="primary" to={paths.gallery}>
              {t('list.create')}
            </LinkButton>
          )}
          <ListMenu
            items={value?.items ?? []}
            mayCreate={value?.mayCreate ?? false}
            shortcuts={shortcuts}
          />
        </>
      }
    >
      <AttentionStrip list={attention.value} />
      <div className={pristine ? undefined : classes.columns}>
        {!pristine && (
          <ListFilters params={params} plugins={plugins} onFilter={setFilter} />
        )}
        <div className={classes.content}>
          {!pristine && (
            <div className={classes.bar}>
              {!error && (
                <ListBar
                  total={value?.totalItems}
                  changes={Math.max(list.changes, attention.changes)}
                  onShowChanges={() => {
                    list.showChanges();
                    attention.showChanges();
                  }}
                />
              )}
              <div className={classes.search} role="search">
                <TypedFilter
                  id="datasource-auth-filter-search"
                  label={t('list.search')}
                  value={params.get('search') ?? ''}
                  shortcut={shortcuts.enabled ? SEARCH_KEY : undefined}
                  inputRef={search}
                  onFilter={text => setFilter('search', text)}
                />
              </div>
            </div>
          )}
          {error && <LoadFailure error={error} onRetry={reload} />}
          {!value && !error && <TableSkeleton />}
          {value &&
            (value.items.length === 0 ? (
              <EmptyList
                filtered={filtered}
                mayCreate={value.mayCreate}
                onClearFilters={clear}
              />
            ) : (
              <div {...holdProps}>
                <DatasourceTable
                  items={value.items}
                  mayCreate={value.mayCreate}
                  onChanged={reload}
                />
              </div>
            ))}
          <Box mt={2} display="flex" style={{ gap: 8 }}>
            {params.has('cursor') && (
              <Button variant="outlined" onClick={() => navigate(-1)}>
                {t('list.previous')}
              </Button>
            )}
            {value?.nextCursor && (
              <Button
                variant="outlined"
                onClick={() => setFilter('cursor', value.nextCursor)}
              >
                {t('list.next')}
              </Button>
            )}
          </Box>
        </div>
      </div>
    </ViewFrame>
  );
};
