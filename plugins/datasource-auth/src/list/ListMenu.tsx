import { useNavigate } from 'react-router-dom';
import { useApi } from '@backstage/core-plugin-api';
import { DatasourceSummary } from 'backstage-plugin-datasource-auth-common';
import {
  datasourceAuthApiRef,
  useErrorText,
} from 'backstage-plugin-datasource-auth-react';
import { MoreMenu, saveAsFile, usePaths, useToast } from '../frame';
import { useText } from '../translation';
import { joinExports } from './joinExports';

/** Props of {@link ListMenu}. */
export interface ListMenuProps {
  /** The listed datasources. */
  items: DatasourceSummary[];
  mayCreate: boolean;
  shortcuts: { enabled: boolean; setEnabled: (enabled: boolean) => void };
}

/** Rarely used actions of the list. */
export const ListMenu = ({ items, mayCreate, shortcuts }: ListMenuProps) => {
  const t = useText();
  const errorText = useErrorText();
  const api = useApi(datasourceAuthApiRef);
  const toast = useToast();
  const paths = usePaths();
  const navigate = useNavigate();

  const exportYaml = async () => {
    try {
      const exports = await Promise.all(
        items.map(({ name }) => api.exportDatasource(name)),
      );
      saveAsFile({
        name: 'datasources.yaml',
        type: 'application/yaml',
        text: joinExports(exports),
      });
    } catch (error) {
      toast('error', errorText(error));
    }
  };
  return (
    <MoreMenu
      label={t('list.more')}
      actions={[
        mayCreate && {
          label: t('list.importOpenApi'),
          act: () => navigate(paths.openapi),
        },
        items.length > 0 && { label: t('list.exportYaml'), act: exportYaml },
        {
          label: t('connections.title'),
          act: () => navigate(paths.connections),
        },
        { label: t('health.title'), act: () => navigate(paths.admin) },
        {
          label: t(shortcuts.enabled ? 'list.shortcutOff' : 'list.shortcutOn'),
          checked: shortcuts.enabled,
          act: () => shortcuts.setEnabled(!shortcuts.enabled),
        },
      ]}
    />
  );
};
