import { Link, useNavigate } from 'react-router-dom';
import { useDatasources } from 'backstage-plugin-datasource-auth-react';
import Box from '@material-ui/core/Box';
import Button from '@material-ui/core/Button';
import Typography from '@material-ui/core/Typography';
import { DatasourceAuthError } from 'backstage-plugin-datasource-auth-common';
import { Progress } from '@backstage/core-components';
import { failureOfError } from '../authorization/failure';
import { FailureView } from '../authorization/FailureView';
import { usePaths, ViewFrame } from '../frame';
import { useText } from '../translation';
import { AttentionStrip } from './AttentionStrip';
import { DatasourceTable } from './DatasourceTable';
import { EmptyList } from './EmptyList';
import { ListFilters } from './ListFilters';
import { useListQuery } from './useListQuery';

const WATCH_EVERY_MS = 60_000;
const ATTENTION = { attention: 'true', limit: 10 } as const;

/** All datasources that the user may see: which need a person, what they are, what can be done. */
export const ListPage = () => {
  const t = useText();
  const paths = usePaths();
  const navigate = useNavigate();
  const { query, params, setFilter, clear, filtered } = useListQuery();
  const list = useDatasources(query, { watchEvery: WATCH_EVERY_MS });
  const attention = useDatasources(ATTENTION);
  const { value, loading, error } = list;

  if ((error as DatasourceAuthError)?.code === 'not_allowed')
    return (
      <ViewFrame>
        <Typography>{t('list.noAccess')}</Typography>
      </ViewFrame>
    );

  const reload = () => {
    list.retry();
    attention.retry();
  };
  const pristine = value?.items.length === 0 && !filtered;
  return (
    <ViewFrame
      subtitle={t('list.subtitle')}
      actions={
        value?.mayCreate && (
          <Button
            variant="contained"
            color="primary"
            component={Link}
            to={paths.create}
          >
            {t('list.create')}
          </Button>
        )
      }
    >
      <AttentionStrip items={attention.value?.items ?? []} />
      {!pristine && <ListFilters params={params} onFilter={setFilter} />}
      {error && (
        <>
          <FailureView failure={failureOfError(error)} alert />
          <Button variant="outlined" onClick={reload}>
            {t('list.retry')}
          </Button>
        </>
      )}
      {loading && !value && <Progress aria-label={t('list.loading')} />}
      {list.changes > 0 && (
        <Button size="small" variant="outlined" onClick={list.showChanges}>
          {t('list.changes', { count: list.changes })}
        </Button>
      )}
      {value &&
        (value.items.length === 0 ? (
          <EmptyList
            filtered={filtered}
            mayCreate={value.mayCreate}
            onClearFilters={clear}
          />
        ) : (
          <DatasourceTable
            items={value.items}
            mayCreate={value.mayCreate}
            onChanged={reload}
          />
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
    </ViewFrame>
  );
};
