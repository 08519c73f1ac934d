import { useState } from 'react';
import { Datasource } from 'backstage-plugin-datasource-auth-common';
import Box from '@material-ui/core/Box';
import Typography from '@material-ui/core/Typography';
import { LabelledCheckbox, useElementId } from '../frame';
import { FieldArea } from '../kinds';
import { useText } from '../translation';
import { ConfigurationRow, configurationRows } from './configurationRows';
import { SettingsTable } from './SettingsTable';
import { YamlExport } from './YamlExport';

const NAMED: Partial<Record<FieldArea, 'general' | 'authentication'>> = {
  general: 'general',
  authentication: 'authentication',
};

/** Shows the settings of a datasource by area, and as YAML. */
export const ConfigurationTab = ({
  datasource,
}: {
  datasource: Datasource;
}) => {
  const t = useText();
  const id = useElementId();
  const [withDefaults, setWithDefaults] = useState(false);
  const areas = new Map<FieldArea, ConfigurationRow[]>();
  for (const row of configurationRows(datasource)) {
    if (row.origin === 'default' && !withDefaults) continue;
    areas.set(row.field.area, [...(areas.get(row.field.area) ?? []), row]);
  }
  return (
    <>
      {datasource.source === 'config' && (
        <Typography gutterBottom>{t('detail.declared')}</Typography>
      )}
      <LabelledCheckbox
        label={t('configuration.withDefaults')}
        checked={withDefaults}
        onChange={setWithDefaults}
      />
      {[...areas].map(([area, rows]) => {
        const named = NAMED[area];
        return (
          <Box key={area} mb={3}>
            <Typography id={`${id}-${area}`} variant="h6" component="h3">
              {named
                ? t(`editor.${named}`)
                : t(`editor.area.${area as 'callback'}`)}
            </Typography>
            <SettingsTable rows={rows} labelledBy={`${id}-${area}`} />
          </Box>
        );
      })}
      <YamlExport name={datasource.name} version={datasource.version} />
    </>
  );
};
