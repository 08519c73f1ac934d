import { useEffect, useRef } from 'react';
import { useNavigate, useParams } from 'react-router-dom';
import { LinkButton, Progress } from '@backstage/core-components';
import {
  Datasource,
  oauth2Settings,
} from 'backstage-plugin-datasource-auth-common';
import {
  StatusMarker,
  useDatasource,
} from 'backstage-plugin-datasource-auth-react';
import Chip from '@material-ui/core/Chip';
import { makeStyles } from '@material-ui/core/styles';
import { AccessTab } from '../access/AccessTab';
import { DatasourceActions } from '../actions/DatasourceActions';
import { LoadFailure } from '../failures/LoadFailure';
import { ConfigurationTab } from '../configuration/ConfigurationTab';
import { Breadcrumbs } from '../frame/Breadcrumbs';
import { NotFound } from '../frame/NotFound';
import {
  CopyButton,
  Notice,
  OwnerLink,
  useAnnounce,
  usePaths,
  ViewFrame,
} from '../frame';
import { ActivityTab } from '../timeline/ActivityTab';
import { useStateName, useText } from '../translation';
import { ConsumersTab } from '../usage/ConsumersTab';
import { DetailTab, isDetailTab } from './detailTabs';
import { DetailTabs } from './DetailTabs';
import { DriftNotice } from './DriftNotice';
import { Overview } from './Overview';

const WATCH_EVERY_MS = 60_000;

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
    case 'access':
      return <AccessTab datasource={datasource} />;
    case 'configuration':
      return <ConfigurationTab datasource={datasource} />;
    default:
      return <Overview datasource={datasource} onChanged={onChanged} />;
  }
};

/** Page of one datasource: its status, history, consumers, and next steps. */
export const DetailPage = () => {
  const t = useText();
  const classes = useStyles();
  const paths = usePaths();
  const navigate = useNavigate();
  const { name = '', tab = 'overview' } = useParams();
  const {
    value: datasource,
    loading,
    error,
    retry,
  } = useDatasource(name, { watchEvery: WATCH_EVERY_MS });
  const title = datasource?.title ?? name;
  const breadcrumbs = <Breadcrumbs last={title} />;

  if (!isDetailTab(tab)) return <NotFound />;
  if (!datasource)
    return (
      <ViewFrame title={title} breadcrumbs={breadcrumbs}>
        {loading && <Progress aria-label={t('detail.loading')} />}
        {error && <LoadFailure error={error} onRetry={retry} />}
      </ViewFrame>
    );
  const declared = datasource.source === 'config';
  return (
    <ViewFrame
      title={title}
      breadcrumbs={breadcrumbs}
      subtitle={
        <div className={classes.facts}>
          <StatusMarker state={datasource.status.state} />
          <span className={classes.name}>
            <code>{name}</code>
            <CopyButton text={name} what={t('field.name')} />
          </span>
          {declared && <Chip size="small" label={t('list.fromConfig')} />}
          {datasource.owner && <OwnerLink owner={datasource.owner} />}
        </div>
      }
      actions={
        <>
          {!declared && datasource.allowed.update && (
            <LinkButton
              variant="outlined"
              color="primary"
              to={paths.edit(name)}
            >
              {t('detail.edit')}
            </LinkButton>
          )}
          <DatasourceActions
            datasource={{
              ...datasource,
              type: datasource.auth.type,
              grantType: oauth2Settings(datasource.auth)?.grantType,
            }}
            onDetail
            onChanged={retry}
            onDeleted={() => navigate(paths.list)}
          />
        </>
      }
    >
      <StateChange datasource={datasource} />
      {declared && <Notice severity="info">{t('detail.declared')}</Notice>}
      {datasource.drift && <DriftNotice drift={datasource.drift} />}
      <DetailTabs datasource={datasource} selected={tab}>
        <View tab={tab} datasource={datasource} onChanged={retry} />
      </DetailTabs>
    </ViewFrame>
  );
};
