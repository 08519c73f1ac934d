import { useState } from 'react';
import { useNavigate } from 'react-router-dom';
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
import { ClearCredentialDialog } from '../authorization/ClearCredentialDialog';
import { hasCredential, hasSecret } from '../authorization/panelState';
import { MoreMenu, useAnnounce, usePaths, useToast } from '../frame';
import { useText } from '../translation';
import { DeleteDatasourceDialog } from './DeleteDatasourceDialog';
import { ObtainDialog } from './ObtainDialog';
import { useCommitPanel } from './useCommitPanel';

/** The properties of a datasource that the actions need. */
export type ActionTarget = Pick<
  DatasourceSummary,
  'name' | 'title' | 'type' | 'grantType' | 'status' | 'source' | 'allowed'
>;

/** Props of {@link DatasourceActions}. */
export interface DatasourceActionsProps {
  datasource: ActionTarget;
  /** Set on the datasource's own page, which hides "Open". */
  onDetail?: boolean;
  mayCreate?: boolean;
  onChanged: () => void;
  onDeleted?: () => void;
}

/** Menu of all actions for a saved datasource. They take effect immediately. */
export const DatasourceActions = (props: DatasourceActionsProps) => {
  const { datasource, onDetail, mayCreate, onChanged, onDeleted } = props;
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
  const [dialog, setDialog] = useState<'clear' | 'delete' | 'panel'>();

  const say = (message: string) => {
    announce(message);
    toast('success', message);
  };
  const panel = useCommitPanel({ name, grantType, status }, () => {
    setDialog(undefined);
    say(t('list.obtained', { title }));
    onChanged();
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

  const byPerson = isApprovedByPerson(grantType);
  const editable = source === 'database';
  const stored = hasCredential(status);
  return (
    <>
      <MoreMenu
        label={t('list.action.menu', { title })}
        actions={[
          !onDetail && {
            label: t('list.action.open'),
            act: () => navigate(paths.detail(name)),
          },
          editable &&
            allowed.update && {
              label: t('list.action.edit'),
              act: () => navigate(paths.edit(name)),
            },
          allowed.authorize &&
            !isHeldBySettings(grantType) &&
            status.state !== 'NOT_CONFIGURED' && {
              label: t(
                byPerson ? 'list.action.getCredential' : 'list.action.getToken',
              ),
              act: () => {
                setDialog('panel');
                panel.obtain();
              },
            },
          allowed.authorize &&
            stored && {
              label: t('list.action.test'),
              act: () => {
                setDialog('panel');
                panel.test();
              },
            },
          allowed.clear &&
            stored &&
            hasSecret(grantType) && {
              label: t('list.action.clear'),
              act: () => setDialog('clear'),
            },
          mayCreate !== false && {
            label: t('list.action.duplicate'),
            act: () =>
              navigate(`${paths.create}?from=${encodeURIComponent(name)}`),
          },
          editable &&
            allowed.delete && {
              label: t('list.action.delete'),
              act: () => setDialog('delete'),
            },
        ]}
      />
      {dialog === 'panel' && (
        <ObtainDialog
          target={{ name, grantType, status }}
          title={title}
          panel={panel}
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
            (onDeleted ?? onChanged)();
          }}
        />
      )}
    </>
  );
};
