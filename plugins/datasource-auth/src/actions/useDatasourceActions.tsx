import { ReactNode, useState } from 'react';
import { useNavigate } from 'react-router-dom';
import { LinkButton } from '@backstage/core-components';
import { useApi } from '@backstage/core-plugin-api';
import {
  datasourceAuthApiRef,
  useErrorText,
} from 'backstage-plugin-datasource-auth-react';
import {
  DatasourceSummary,
  grantOrKindOf,
  isApprovedByPerson,
  isHeldBySettings,
} from 'backstage-plugin-datasource-auth-common';
import Button from '@material-ui/core/Button';
import { ClearCredentialDialog } from '../authorization/ClearCredentialDialog';
import { hasCredential, hasSecret } from '../authorization/panelState';
import { isObtaining, Repair, repairOf } from '../authorization/repairOf';
import { MoreMenu, useAnnounce, usePaths, useToast } from '../frame';
import { useRehearsal } from '../rehearsal/useRehearsal';
import { useText } from '../translation';
import { DeleteDatasourceDialog } from './DeleteDatasourceDialog';
import { DialogStep, StepDialog } from './StepDialog';
import { useCommitPanel } from './useCommitPanel';

/** The properties of a datasource that the actions need. */
export type ActionTarget = Pick<
  DatasourceSummary,
  'name' | 'title' | 'type' | 'grantType' | 'status' | 'source' | 'allowed'
>;

const REPAIR_TEXTS = {
  connect: 'panel.connect',
  reconnect: 'panel.reconnect',
  handOver: 'panel.handOver',
  renew: 'panel.tryAgain',
  settings: 'panel.fixSettings',
} as const satisfies Record<Repair, string>;

/** What {@link useDatasourceActions} needs. */
export interface DatasourceActionsOptions {
  datasource: ActionTarget;
  mayCreate: boolean;
  onChanged: () => void;
}

/** Returns the button that repairs a listed datasource, if it needs one, and the menu of all actions. */
export function useDatasourceActions(options: DatasourceActionsOptions): {
  repair: ReactNode;
  menu: ReactNode;
} {
  const { datasource, mayCreate, onChanged } = options;
  const { name, status, source, allowed } = datasource;
  const grantType = grantOrKindOf(datasource);
  const title = datasource.title ?? name;
  const t = useText();
  const errorText = useErrorText();
  const api = useApi(datasourceAuthApiRef);
  const toast = useToast();
  const announce = useAnnounce();
  const navigate = useNavigate();
  const paths = usePaths();
  const [dialog, setDialog] = useState<'clear' | 'delete' | DialogStep>();

  const say = (message: string) => {
    announce(message);
    toast('success', message);
  };
  const panel = useCommitPanel({ name, grantType, status }, () => {
    setDialog(undefined);
    say(t('list.obtained', { title }));
    onChanged();
  });
  const { rehearsal, rehearse } = useRehearsal({
    datasource: name,
    onDone: onChanged,
  });

  const clear = async (revoke: boolean) => {
    setDialog(undefined);
    try {
      await api.clearCredential(name, { revoke });
      say(t('list.cleared', { title }));
      onChanged();
    } catch (error) {
      toast('error', errorText(error));
    }
  };
  const obtain = () => {
    setDialog('obtain');
    panel.obtain();
  };
  const renew = () => {
    setDialog('renew');
    rehearse();
  };

  const byPerson = isApprovedByPerson(grantType);
  const editable = source === 'database' && allowed.update;
  const stored = hasCredential(status);
  const menu = (
    <>
      <MoreMenu
        label={t('list.action.menu', { title })}
        actions={[
          {
            label: t('list.action.open'),
            act: () => navigate(paths.detail(name)),
          },
          editable && {
            label: t('detail.allSettings'),
            act: () => navigate(paths.edit(name)),
          },
          allowed.authorize &&
            !isHeldBySettings(grantType) &&
            status.state !== 'NOT_CONFIGURED' &&
            status.state !== 'PER_USER' && {
              label: t(
                byPerson ? 'list.action.getCredential' : 'list.action.getToken',
              ),
              act: obtain,
            },
          allowed.authorize &&
            stored && {
              label: t('list.action.test'),
              act: () => {
                setDialog('test');
                panel.test();
              },
            },
          mayCreate && {
            label: t('list.action.duplicate'),
            act: () =>
              navigate(`${paths.create}?from=${encodeURIComponent(name)}`),
          },
          allowed.clear &&
            stored &&
            hasSecret(grantType) && {
              label: t('list.action.clear'),
              act: () => setDialog('clear'),
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
      {dialog && dialog !== 'clear' && dialog !== 'delete' && (
        <StepDialog
          step={dialog}
          target={{ name, grantType, status }}
          title={title}
          panel={panel}
          rehearsal={rehearsal}
          onClose={() => {
            setDialog(undefined);
            panel.dismiss();
          }}
        />
      )}
      {dialog === 'clear' && (
        <ClearCredentialDialog
          name={name}
          title={title}
          grantType={grantType}
          effect="immediate"
          onClear={clear}
          onKeep={() => setDialog(undefined)}
        />
      )}
      {dialog === 'delete' && (
        <DeleteDatasourceDialog
          name={name}
          title={title}
          grantType={grantType}
          onKeep={() => setDialog(undefined)}
          onDeleted={() => {
            setDialog(undefined);
            say(t('list.deleted', { title }));
            onChanged();
          }}
        />
      )}
    </>
  );

  const step = repairOf({ status, grantOrKind: grantType, editable });
  const label = step && t(REPAIR_TEXTS[step]);
  const named = label && t('list.repairOf', { action: label, title });
  const opensWindow = byPerson && isObtaining(step);
  let repair: ReactNode;
  if (step === 'settings')
    repair = (
      <LinkButton
        size="small"
        variant="outlined"
        color="primary"
        to={paths.fix(name)}
        aria-label={named}
      >
        {label}
      </LinkButton>
    );
  else if (step && allowed.authorize)
    repair = (
      <Button
        size="small"
        variant="outlined"
        color="primary"
        aria-label={
          opensWindow ? t('panel.newWindow', { action: named! }) : named
        }
        onClick={step === 'renew' ? renew : obtain}
      >
        {label}
      </Button>
    );
  return { repair, menu };
}
