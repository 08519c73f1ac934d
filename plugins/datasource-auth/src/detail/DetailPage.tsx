import { lazy, Suspense, useEffect, useRef } from 'react';
import { useParams } from 'react-router-dom';
import { Progress } from '@backstage/core-components';
import { Datasource } from 'backstage-plugin-datasource-auth-common';
import { useDatasource } from 'backstage-plugin-datasource-auth-react';
import Chip from '@material-ui/core/Chip';
import { makeStyles } from '@material-ui/core/styles';
import { AccessTab } from '../access/AccessTab';
import { LoadFailure } from '../failures/LoadFailure';
import { ConfigurationTab } from '../configuration/ConfigurationTab';
import { Breadcrumbs } from '../frame/Breadcrumbs';
import { NotFound } from '../frame/NotFound';
import {
  CopyButton,
  OwnerLink,
  ProviderMark,
  useAnnounce,
  ViewFrame,
} from '../frame';
import { ActivityTab } from '../timeline/ActivityTab';
import { useStateName, useText } from '../translation';
import { ConsumersTab } from '../usage/ConsumersTab';
import { ConnectionPanel } from './ConnectionPanel';
import { DetailActions } from './DetailActions';
import { DetailTab, isDetailTab, tabsOf } from './detailTabs';
import { DetailTabs } from './DetailTabs';
import { DriftNotice } from './DriftNotice';
import { Overview } from './Overview';
import { useConnection } from './useConnection';

const WATCH_EVERY_MS = 60_000;

// Few datasources have accounts of people.
const PeopleTab = lazy(() =>
  import('../people/PeopleTab').then(m => ({ default: m.PeopleTab })),
);

const useStyles = makeStyles(theme => ({
  facts: {
    display: 'flex',
    flexWrap: 'wrap',
    alignItems: 'center',
    gap: theme.spacing(0, 2),
    '& > *': { margin: 0 },
  },
  name: { display: 'inline-flex', alignItems: 'center' },
}));

/** Returns the host of a base URL, as the list has it. */
function hostOf(baseUrl: string | undefined): string | undefined {
  return baseUrl && URL.canParse(baseUrl) ? new URL(baseUrl).host : undefined;
}

/** Announces state changes while the page is open, but not the initial state. */
const StateChange = ({ datasource }: { datasource: Datasource }) => {
  const t = useText();
  const announce = useAnnounce();
  const { name, title = name } = datasource;
  const { state } = datasource.status;
  const word = useStateName()(state);
  const known = useRef(state);
  useEffect(() => {
    if (known.current === state) return;
    known.current = state;
    announce(t('detail.statusChanged', { title, state: word }));
  }, [announce, state, t, title, word]);
  return null;
};

const View = (props: {
  tab: DetailTab;
  datasource: Datasource;
  onChanged: () => void;
}) => {
  const { tab, datasource, onChanged } = props;
  switch (tab) {
    case 'activity':
      return <ActivityTab datasource={datasource} />;
    case 'consumers':
      return <ConsumersTab datasource={datasource} onChanged={onChanged} />;
    case 'people':
      return (
        <Suspense fallback={<Progress />}>
          <PeopleTab datasource={datasource} onChanged={onChanged} />
        </Suspense>
      );
    case 'access':
      return <AccessTab datasource={datasource} />;
    case 'configuration':
      return <ConfigurationTab datasource={datasource} />;
    default:
      return <Overview datasource={datasource} onChanged={onChanged} />;
  }
};

const Loaded = (props: {
  tab: DetailTab;
  datasource: Datasource;
  onChanged: () => void;
}) => {
  const { tab, datasource, onChanged } = props;
  const { name, title = name, baseUrl, owner } = datasource;
  const t = useText();
  const classes = useStyles();
  const connection = useConnection(datasource, onChanged);
  const declared = datasource.source === 'config';
  return (
    <ViewFrame
      title={title}
      mark={
        <ProviderMark
          title={title}
          name={name}
          host={hostOf(baseUrl)}
          size={32}
        />
      }
      breadcrumbs={<Breadcrumbs last={title} />}
      subtitle={
        <div className={classes.facts}>
          <span className={classes.name}>
            <code>{name}</code>
            <CopyButton text={name} what={t('field.name')} />
          </span>
          {declared && <Chip size="small" label={t('list.fromConfig')} />}
          {owner && <OwnerLink owner={owner} />}
        </div>
      }
      actions={
        <DetailActions datasource={datasource} connection={connection} />
      }
    >
      <StateChange datasource={datasource} />
      <ConnectionPanel datasource={datasource} connection={connection} />
      {datasource.drift && <DriftNotice drift={datasource.drift} />}
      <DetailTabs datasource={datasource} selected={tab}>
        <View tab={tab} datasource={datasource} onChanged={onChanged} />
      </DetailTabs>
    </ViewFrame>
  );
};

/** Page of one datasource: its status, history, consumers, and next steps. */
export const DetailPage = () => {
  const t = useText();
  const { name = '', tab = 'overview' } = useParams();
  const {
    value: datasource,
    loading,
    error,
    retry,
  } = useDatasource(name, { watchEvery: WATCH_EVERY_MS });

  if (!isDetailTab(tab)) return <NotFound />;
  if (datasource && !tabsOf(datasource).includes(tab)) return <NotFound />;
  if (datasource)
    return <Loaded tab={tab} datasource={datasource} onChanged={retry} />;
  return (
    <ViewFrame title={name} breadcrumbs={<Breadcrumbs last={name} />}>
      {loading && <Progress aria-label={t('detail.loading')} />}
      {error && <LoadFailure error={error} onRetry={retry} />}
    </ViewFrame>
  );
};
