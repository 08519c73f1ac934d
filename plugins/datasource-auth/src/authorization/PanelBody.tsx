import { DateTime, ReasonLine } from 'backstage-plugin-datasource-auth-react';
import Button from '@material-ui/core/Button';
import Typography from '@material-ui/core/Typography';
import {
  DatasourceStatus,
  GrantOrKind,
  isHeldBySettings,
} from 'backstage-plugin-datasource-auth-common';
import { Notice, Running } from '../frame';
import { FieldId } from '../kinds';
import { useText } from '../translation';
import { CredentialRows, StagedCredentialView } from './CredentialView';
import { failureOfRenewal } from '../failures/failure';
import { FailureView, FormRepairs } from '../failures/FailureView';
import { PanelState } from './panelState';
import { AuthorizationPanelModel } from './useAuthorizationPanel';

/** Props of {@link PanelBody}. */
export interface PanelBodyProps {
  panel: AuthorizationPanelModel;
  grantType: GrantOrKind;
  saved?: DatasourceStatus;
  consumers?: '*' | string[];
  /** The success message is already shown above. */
  announced?: boolean;
  /** Actions on the form that can fix a failure. */
  repairs?: FormRepairs;
}

const Affected = ({ consumers }: Pick<PanelBodyProps, 'consumers'>) => {
  const t = useText();
  if (consumers === '*') return <>{t('panel.anyPluginAffected')}</>;
  if (!consumers?.length) return null;
  return <>{t('panel.consumersAffected', { count: consumers.length })}</>;
};

const Waiting = (props: {
  panel: AuthorizationPanelModel;
  windowClosed: boolean;
}) => {
  const { panel, windowClosed } = props;
  const t = useText();
  return (
    <>
      <Running text={`${t('panel.waiting')} ${t('panel.lost')}`} />
      <Button size="small" color="primary" onClick={panel.obtain}>
        {t('panel.openAgain')}
      </Button>
      <Button size="small" color="primary" onClick={panel.continueHere}>
        {t('panel.continueHere')}
      </Button>
      {windowClosed && (
        <Typography variant="body2">
          {t('panel.windowClosed')}{' '}
          <Button size="small" color="primary" onClick={panel.obtain}>
            {t('panel.tryAgain')}
          </Button>
        </Typography>
      )}
    </>
  );
};

const OutOfDate = (props: { changed: string[]; staged: boolean }) => {
  const { changed, staged } = props;
  const t = useText();
  const labels = changed.map(id => t(`field.${id as FieldId}`)).join(', ');
  return (
    <Notice severity="warning">
      <Typography variant="subtitle2" component="p">
        {t('panel.outOfDateTitle')}
      </Typography>
      {t(changed.length === 1 ? 'panel.outOfDate' : 'panel.outOfDatePlural', {
        labels,
      })}
      {!staged && (
        <Typography variant="body2">{t('panel.outOfDateSave')}</Typography>
      )}
    </Notice>
  );
};

/** Says how long plugins still get a token after the refresh failed. */
const LastToken = ({ status }: { status: DatasourceStatus }) => {
  const t = useText();
  const { expiresAt } = status;
  if (!expiresAt || expiresAt < Date.now()) return null;
  return (
    <>
      {t('panel.lastToken', {
        time: <DateTime value={expiresAt} format="clock" />,
      })}
    </>
  );
};

function Failed(
  props: PanelBodyProps & { state: PanelState & { kind: 'error' } },
) {
  const { failure, status } = props.state;
  const { panel, consumers, grantType, repairs } = props;
  const shown =
    failure ?? (status?.lastError && failureOfRenewal(status.lastError));
  return (
    <>
      {shown && (
        <FailureView
          failure={shown}
          repairs={repairs}
          onRetry={isHeldBySettings(grantType) ? panel.test : panel.obtain}
          alert={Boolean(failure)}
        />
      )}
      {status && (
        <Typography variant="body2">
          {shown ? (
            <LastToken status={status} />
          ) : (
            <ReasonLine status={status} />
          )}{' '}
          <Affected consumers={consumers} />
        </Typography>
      )}
    </>
  );
}

/** The panel's content for each of its states. */
export const PanelBody = (props: PanelBodyProps) => {
  const { panel, grantType, saved, consumers } = props;
  const { state } = panel;
  const t = useText();
  const isHeld = isHeldBySettings(grantType);
  switch (state.kind) {
    case 'incomplete':
      return (
        <Typography variant="body2">
          {t('panel.fillIn', { labels: state.missing.join(', ') })}
        </Typography>
      );
    case 'nothing':
      return (
        <Typography variant="body2">
          {saved?.state === 'NOT_AUTHORIZED' ? (
            <ReasonLine status={saved} />
          ) : (
            t(isHeld ? 'panel.saveIsEnough' : 'panel.none')
          )}
        </Typography>
      );
    case 'starting':
      return <Running text={t('panel.obtaining')} />;
    case 'blocked':
      return (
        <Notice severity="warning" alert>
          {t('panel.blocked')}{' '}
          <Button size="small" variant="outlined" onClick={panel.continueHere}>
            {t('panel.continueHere')}
          </Button>
        </Notice>
      );
    case 'waiting':
      return <Waiting panel={panel} windowClosed={state.windowClosed} />;
    case 'staged':
      return (
        <StagedCredentialView
          credential={state.credential}
          grantType={grantType}
          saved={saved}
          announced={props.announced}
        />
      );
    case 'saved':
      return isHeld ? (
        <Typography variant="body2">
          <ReasonLine status={state.status} />
        </Typography>
      ) : (
        <CredentialRows credential={state.status} grantType={grantType} />
      );
    case 'outOfDate':
      return <OutOfDate {...state} />;
    case 'clearStaged':
      return (
        <Typography variant="body2">
          {t(isHeld ? 'panel.clearStagedHeld' : 'panel.clearStaged')}
        </Typography>
      );
    case 'reauthorize': {
      const since = state.status.lastError?.at;
      return (
        <Typography variant="body2">
          <ReasonLine status={state.status} />{' '}
          {since && t('panel.since', { time: <DateTime value={since} /> })}{' '}
          <Affected consumers={consumers} />
        </Typography>
      );
    }
    default:
      return <Failed {...props} state={state} />;
  }
};
