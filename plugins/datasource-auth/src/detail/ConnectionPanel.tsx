import { useEffect, useRef } from 'react';
import { Link } from '@backstage/core-components';
import {
  StatusMarker,
  useBackendText,
} from 'backstage-plugin-datasource-auth-react';
import Button from '@material-ui/core/Button';
import { makeStyles } from '@material-ui/core/styles';
import Typography from '@material-ui/core/Typography';
import {
  Datasource,
  hasPersonalCredentials,
} from 'backstage-plugin-datasource-auth-common';
import { UnverifiedHint } from '../authorization/UnverifiedHint';
import { needsPerson } from '../authorization/needsPerson';
import { PanelBody } from '../authorization/PanelBody';
import { markerOf } from '../authorization/panelState';
import { RedirectHint } from '../authorization/RedirectHint';
import { StatusFacts } from '../authorization/StatusFacts';
import { TestView } from '../authorization/TestView';
import { untriedSecret } from '../authorization/untriedSecret';
import { Notice, useAnnounce, useElementId, usePaths } from '../frame';
import { RehearsalView } from '../rehearsal/RehearsalView';
import { RequestsSection } from '../requests/RequestsSection';
import { useText } from '../translation';
import { Connection } from './useConnection';

const useStyles = makeStyles(theme => ({
  root: {
    display: 'flex',
    flexDirection: 'column',
    gap: theme.spacing(1),
    marginBottom: theme.spacing(2),
    // The parts bring their own space for elsewhere.
    '& > *': { margin: 0 },
  },
  hidden: {
    position: 'absolute',
    width: 1,
    height: 1,
    overflow: 'hidden',
    clip: 'rect(0 0 0 0)',
  },
  status: {
    display: 'flex',
    flexWrap: 'wrap',
    alignItems: 'center',
    gap: theme.spacing(0.5, 2),
  },
}));

/** Attempts that can be canceled. */
const RUNNING = ['starting', 'waiting'];

/** Props of {@link ConnectionPanel}. */
export interface ConnectionPanelProps {
  datasource: Datasource;
  connection: Connection;
}

/** Shows the status of a saved datasource in one line, and below it only what is wrong, in progress, or just done. */
export const ConnectionPanel = (props: ConnectionPanelProps) => {
  const { datasource, connection } = props;
  const { panel, grantType, byPerson, success, rehearsal } = connection;
  const { state } = panel;
  const { status, allowed } = datasource;
  const t = useText();
  const backend = useBackendText();
  const paths = usePaths();
  const classes = useStyles();
  const id = useElementId();
  const announce = useAnnounce();
  const heading = useRef<HTMLHeadingElement>(null);

  useEffect(() => {
    if (!success) return;
    announce(success.text);
    heading.current?.focus();
  }, [announce, success]);
  const result = rehearsal.kind === 'done' ? rehearsal.result : undefined;
  useEffect(() => {
    if (result) announce(backend(result.texts, result.message));
  }, [announce, backend, result]);

  const isPerUser = status.state === 'PER_USER';
  const isSaved = state.kind === 'saved';
  const untried = isSaved && untriedSecret(datasource);
  const untriedLabel = untried ? t(`field.${untried.id}`) : undefined;
  const atProvider =
    state.kind === 'waiting' || (state.kind === 'error' && state.failure);
  return (
    <section className={classes.root} aria-labelledby={id}>
      <h3 id={id} ref={heading} tabIndex={-1} className={classes.hidden}>
        {t('detail.connection')}
      </h3>
      <div className={classes.status}>
        <StatusMarker
          state={isPerUser ? status.state : markerOf(state, status)}
        />
        {hasPersonalCredentials(datasource) && (
          <Typography variant="body2">
            <Link to={paths.connection(datasource.name)} underline="always">
              {t('connections.perUser')}
            </Link>
          </Typography>
        )}
        {isSaved && (
          <StatusFacts status={status} forecast={needsPerson(datasource)} />
        )}
      </div>
      {success && <Notice severity="success">{success.text}</Notice>}
      {!isSaved && !isPerUser && (
        <div>
          <PanelBody
            panel={panel}
            grantType={grantType}
            saved={status}
            consumers={datasource.consumers}
          />
        </div>
      )}
      {RUNNING.includes(state.kind) && (
        <div>
          <Button size="small" variant="outlined" onClick={panel.cancel}>
            {t('panel.cancel')}
          </Button>
        </div>
      )}
      {!allowed.authorize && !isPerUser && status.state !== 'AUTHORIZED' && (
        <Typography variant="body2" color="textSecondary">
          {t('panel.mayNotAuthorize')}
        </Typography>
      )}
      {isSaved && !panel.testing && (
        <UnverifiedHint status={status} grantType={grantType} />
      )}
      {isSaved && status.authorizerLeft && (
        <Notice severity="warning">{t('detail.authorizerLeft')}</Notice>
      )}
      {untriedLabel && (
        <Notice severity="warning">
          {t('panel.untriedSecret', { label: untriedLabel })}{' '}
          {allowed.authorize && (
            <Button size="small" variant="outlined" onClick={connection.obtain}>
              {t('panel.reconnect')}
            </Button>
          )}
        </Notice>
      )}
      <TestView
        panel={panel}
        saved={datasource.failedTest}
        untried={untriedLabel}
      />
      <RehearsalView rehearsal={rehearsal} />
      <RequestsSection requests={connection.requests} />
      {byPerson && atProvider && <RedirectHint uri={datasource.callbackUrl} />}
    </section>
  );
};
