import { useEffect, useState } from 'react';
import { useErrorText } from 'backstage-plugin-datasource-auth-react';
import { useSearchParams } from 'react-router-dom';
import { Progress } from '@backstage/core-components';
import {
  Datasource,
  grantOrKindOf,
} from 'backstage-plugin-datasource-auth-common';
import Box from '@material-ui/core/Box';
import Button from '@material-ui/core/Button';
import Typography from '@material-ui/core/Typography';
import { LoadFailure } from '../failures/LoadFailure';
import { saveAsFile, useToast } from '../frame';
import { useText } from '../translation';
import { ActivityFilters } from './ActivityFilters';
import { kindsOf } from './activityKinds';
import { Timeline } from './Timeline';
import { useActivity } from './useActivity';

/** The history of a datasource: what happened, when, and by whom. */
export const ActivityTab = ({ datasource }: { datasource: Datasource }) => {
  const t = useText();
  const errorText = useErrorText();
  const toast = useToast();
  const [params, setParams] = useSearchParams();
  const kind = params.get('kind') ?? '';
  const actor = params.get('actor') ?? '';
  const { entries, loading, error, retry, more, added, all } = useActivity(
    datasource.name,
    { kind: kindsOf(kind), actor: actor || undefined },
  );

  // A filtered timeline doesn't contain the other actors, but they must stay selectable.
  const [actors, setActors] = useState<string[]>(actor ? [actor] : []);
  useEffect(() => {
    const seen = entries.flatMap(entry => entry.actor ?? []);
    setActors(known =>
      seen.every(one => known.includes(one))
        ? known
        : [...new Set([...known, ...seen])].sort(),
    );
  }, [entries]);

  const filter = (name: 'kind' | 'actor', value: string) =>
    setParams(
      before => {
        const next = new URLSearchParams(before);
        if (value) next.set(name, value);
        else next.delete(name);
        return next;
      },
      { replace: true },
    );

  const download = async () => {
    try {
      saveAsFile({
        name: `${datasource.name}-activity.json`,
        type: 'application/json',
        text: JSON.stringify(await all(), undefined, 2),
      });
    } catch (thrown) {
      toast('error', errorText(thrown));
    }
  };

  const nothing = !loading && !error && entries.length === 0;
  return (
    <>
      <Box display="flex" flexWrap="wrap" mb={2} style={{ gap: 12 }}>
        <Box flexGrow={1}>
          <ActivityFilters
            kind={kind}
            grantType={grantOrKindOf(datasource.auth)}
            actor={actor}
            actors={actors}
            onFilter={filter}
          />
        </Box>
        <Button variant="outlined" onClick={download}>
          {t('activity.download')}
        </Button>
      </Box>
      <Timeline
        entries={entries}
        grantType={grantOrKindOf(datasource.auth)}
        added={added}
      />
      {nothing && (
        <Typography>
          {t(kind || actor ? 'activity.nothingMatches' : 'activity.nothing')}
        </Typography>
      )}
      {error && <LoadFailure error={error} onRetry={retry} />}
      {loading && <Progress aria-label={t('activity.loading')} />}
      {!loading && more && (
        <Button variant="outlined" onClick={more}>
          {t('activity.more')}
        </Button>
      )}
    </>
  );
};
