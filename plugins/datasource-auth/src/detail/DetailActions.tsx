import { useState } from 'react';
import { useNavigate } from 'react-router-dom';
import { LinkButton } from '@backstage/core-components';
import {
  Datasource,
  isHeldBySettings,
} from 'backstage-plugin-datasource-auth-common';
import { DeleteDatasourceDialog } from '../actions/DeleteDatasourceDialog';
import Button from '@material-ui/core/Button';
import { Theme } from '@material-ui/core/styles';
import useMediaQuery from '@material-ui/core/useMediaQuery';
import { ClearCredentialDialog } from '../authorization/ClearCredentialDialog';
import { hasCredential, hasSecret } from '../authorization/panelState';
import { isObtaining, repairOf } from '../authorization/repairOf';
import { MoreMenu, ReasonButton, usePaths, useToast } from '../frame';
import { AskDialog } from '../requests/AskDialog';
import { useText } from '../translation';
import { Connection } from './useConnection';

/** Attempts during which nothing else can start. */
const RUNNING = ['starting', 'waiting'];

/** Props of {@link DetailActions}. */
export interface DetailActionsProps {
  datasource: Datasource;
  connection: Connection;
}

/** What can be done with a datasource: the step that it needs now, its settings, and everything else in a menu. */
export const DetailActions = (props: DetailActionsProps) => {
  const { datasource, connection } = props;
  const { name, title = name, status, source, allowed } = datasource;
  const { panel, grantType, byPerson, rehearsal } = connection;
  const { state } = panel;
  const t = useText();
  const toast = useToast();
  const navigate = useNavigate();
  const paths = usePaths();
  const [dialog, setDialog] = useState<'ask' | 'disconnect' | 'delete'>();
  // There is room for one.
  const isNarrow = useMediaQuery<Theme>(theme => theme.breakpoints.down('xs'));
  const close = () => setDialog(undefined);

  const editable = source === 'database' && allowed.update;
  const isHeld = isHeldBySettings(grantType);
  const stored = hasCredential(status);
  // Nobody connects for everyone what each person connects.
  const isObtainable =
    status.state !== 'NOT_CONFIGURED' && status.state !== 'PER_USER';
  const hasFailed = state.kind === 'error' && Boolean(state.failure);
  const repair = repairOf({ status, grantOrKind: grantType, editable });
  const askable = byPerson && isObtainable && Boolean(allowed.ask);
  const obtains = hasFailed || isObtaining(repair);

  const asksOther = obtains && askable && !allowed.authorize;

  let reason: string | undefined;
  if (!allowed.authorize) reason = t('panel.mayNotAuthorize');
  else if (RUNNING.includes(state.kind)) reason = t('panel.waiting');
  else if (rehearsal.kind === 'running') reason = t('rehearsal.running');
  else if (panel.testing) reason = t('panel.testResult.running');

  const step = (label: string, act: () => void, isRepair: boolean) => (
    <ReasonButton
      variant={isRepair ? 'contained' : 'outlined'}
      color="primary"
      aria-label={
        obtains && byPerson
          ? t('panel.newWindow', { action: label })
          : undefined
      }
      reason={reason}
      reasonHidden
      onClick={act}
    >
      {label}
    </ReasonButton>
  );
  const settings = (label: string, isRepair: boolean) => (
    <LinkButton
      variant={isRepair ? 'contained' : 'outlined'}
      color="primary"
      to={(isRepair ? paths.fix : paths.edit)(name)}
    >
      {label}
    </LinkButton>
  );

  return (
    <>
      {/* Who may not connect it can ask someone who may. */}
      {asksOther && (
        <Button
          variant="contained"
          color="primary"
          onClick={() => setDialog('ask')}
        >
          {t('request.ask')}
        </Button>
      )}
      {obtains &&
        !asksOther &&
        step(
          hasFailed || !isObtaining(repair)
            ? t('panel.tryAgain')
            : t(`panel.${repair}`),
          isHeld && hasFailed ? connection.test : connection.obtain,
          true,
        )}
      {!hasFailed &&
        repair === 'renew' &&
        step(t('panel.tryAgain'), connection.rehearse, true)}
      {!hasFailed &&
        repair === 'settings' &&
        settings(t('panel.fixSettings'), true)}
      {!hasFailed &&
        !repair &&
        stored &&
        step(t('panel.test'), connection.test, false)}
      {editable &&
        (hasFailed || repair !== 'settings') &&
        !isNarrow &&
        settings(t('detail.allSettings'), false)}
      <MoreMenu
        label={t('list.action.menu', { title })}
        actions={[
          editable &&
            isNarrow && {
              label: t('detail.allSettings'),
              act: () => navigate(paths.edit(name)),
            },
          !obtains &&
            !isHeld &&
            isObtainable &&
            allowed.authorize && {
              label: t(stored ? 'panel.reconnect' : 'panel.connect'),
              act: connection.obtain,
            },
          (hasFailed || repair !== undefined) &&
            stored &&
            allowed.authorize && {
              label: t('panel.test'),
              act: connection.test,
            },
          !isHeld &&
            stored &&
            repair !== 'renew' &&
            rehearsal.kind !== 'running' &&
            allowed.authorize && {
              label: t('rehearsal.button'),
              act: connection.rehearse,
            },
          askable &&
            !asksOther && {
              label: t('request.ask'),
              act: () => setDialog('ask'),
            },
          {
            label: t('list.action.duplicate'),
            act: () =>
              navigate(`${paths.create}?from=${encodeURIComponent(name)}`),
          },
          stored &&
            hasSecret(grantType) &&
            allowed.clear && {
              label: t('panel.disconnect'),
              act: () => setDialog('disconnect'),
              destructive: true,
            },
          source === 'database' &&
            allowed.delete && {
              label: t('list.action.delete'),
              act: () => setDialog('delete'),
              destructive: true,
            },
        ]}
      />
      {dialog === 'ask' && (
        <AskDialog
          datasource={name}
          title={title}
          onAsked={connection.requests.retry}
          onClose={close}
        />
      )}
      {dialog === 'disconnect' && (
        <ClearCredentialDialog
          name={name}
          title={title}
          grantType={grantType}
          effect="disconnect"
          onKeep={close}
          onClear={revoke => {
            close();
            connection.disconnect(revoke);
          }}
        />
      )}
      {dialog === 'delete' && (
        <DeleteDatasourceDialog
          name={name}
          title={title}
          grantType={grantType}
          onKeep={close}
          onDeleted={() => {
            toast('success', t('list.deleted', { title }));
            navigate(paths.list);
          }}
        />
      )}
    </>
  );
};
