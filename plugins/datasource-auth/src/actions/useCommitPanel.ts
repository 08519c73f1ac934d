import {
  DatasourceStatus,
  GrantOrKind,
} from 'backstage-plugin-datasource-auth-common';
import {
  AuthorizationPanelModel,
  useAuthorizationPanel,
} from '../authorization/useAuthorizationPanel';
import { settingLabel } from '../settings/settingLabel';
import { useText } from '../translation';

/** The saved datasource that gets a credential. */
export interface CommitTarget {
  name: string;
  grantType: GrantOrKind;
  status: DatasourceStatus;
}

/** Panel model outside the editor: a new credential takes effect immediately. */
export function useCommitPanel(
  target: CommitTarget,
  onCommitted: () => void,
): AuthorizationPanelModel {
  const t = useText();
  const { name, grantType, status } = target;
  return useAuthorizationPanel({
    grantType,
    datasource: name,
    facts: {
      missing: (status.missing ?? []).map(path => settingLabel(t, path)),
      binding: {},
      ending: [],
      saved: status,
    },
    request: () => ({ datasource: name, commit: true }),
    openingText: t('panel.opening'),
    unknownFailure: t('panel.unknownFailure'),
    onGranted: onCommitted,
  });
}
