import { useState } from 'react';
import { useNavigate } from 'react-router-dom';
import { alertApiRef, useApi } from '@backstage/core-plugin-api';
import { DatasourceSummary } from 'backstage-plugin-datasource-auth-common';
import { datasourceAuthApiRef } from 'backstage-plugin-datasource-auth-react';
import IconButton from '@material-ui/core/IconButton';
import Menu from '@material-ui/core/Menu';
import MenuItem from '@material-ui/core/MenuItem';
import MoreVertIcon from '@material-ui/icons/MoreVert';
import { saveAsFile, usePaths } from '../frame';
import { useText } from '../translation';
import { joinExports } from './joinExports';

/** Props of {@link ListMenu}. */
export interface ListMenuProps {
  /** What is listed now. */
  items: DatasourceSummary[];
  mayCreate: boolean;
  shortcuts: { enabled: boolean; setEnabled: (enabled: boolean) => void };
}

/** What is seldom wanted of the list. */
export const ListMenu = ({ items, mayCreate, shortcuts }: ListMenuProps) => {
  const t = useText();
  const api = useApi(datasourceAuthApiRef);
  const alertApi = useApi(alertApiRef);
  const paths = usePaths();
  const navigate = useNavigate();
  const [anchor, setAnchor] = useState<HTMLElement>();

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
      alertApi.post({ message: (error as Error).message, severity: 'error' });
    }
  };
  const act = (action: () => void) => () => {
    setAnchor(undefined);
    action();
  };
  return (
    <>
      <IconButton
        size="small"
        aria-label={t('list.more')}
        aria-haspopup="menu"
        onClick={event => setAnchor(event.currentTarget)}
      >
        <MoreVertIcon />
      </IconButton>
      <Menu
        open={Boolean(anchor)}
        anchorEl={anchor}
        onClose={() => setAnchor(undefined)}
      >
        {mayCreate && (
          <MenuItem onClick={act(() => navigate(paths.openapi))}>
            {t('list.importOpenApi')}
          </MenuItem>
        )}
        {items.length > 0 && (
          <MenuItem onClick={act(exportYaml)}>{t('list.exportYaml')}</MenuItem>
        )}
        <MenuItem onClick={act(() => navigate(paths.admin))}>
          {t('health.title')}
        </MenuItem>
        <MenuItem
          role="menuitemcheckbox"
          aria-checked={shortcuts.enabled}
          onClick={act(() => shortcuts.setEnabled(!shortcuts.enabled))}
        >
          {t(shortcuts.enabled ? 'list.shortcutOff' : 'list.shortcutOn')}
        </MenuItem>
      </Menu>
    </>
  );
};
