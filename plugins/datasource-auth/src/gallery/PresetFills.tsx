import { get } from 'react-hook-form';
import {
  DatasourceSettingsView,
  Preset,
  presetDraft,
  PresetWay,
} from 'backstage-plugin-datasource-auth-common';
import Typography from '@material-ui/core/Typography';
import { Breakable, useElementId } from '../frame';
import {
  StackedCell,
  StackedHeader,
  StackedRow,
  StackedTable,
} from '../frame/StackedTable';
import { changedFields, formOfSettings } from '../settings/settingsForm';
import { formatSetting } from '../settings/formatSetting';
import { useText } from '../translation';

/** The settings of a preset as defined: instance values are shown as templates. */
export const PresetFills = (props: { preset: Preset; way: PresetWay }) => {
  const { preset, way } = props;
  const t = useText();
  const id = useElementId();
  const form = formOfSettings(
    presetDraft(preset, way) as Partial<DatasourceSettingsView>,
  );
  const fields = changedFields(formOfSettings(), form).filter(
    field => field.id !== 'grantType' && field.id !== 'authType',
  );
  return (
    <section aria-labelledby={id}>
      <Typography id={id} variant="h6" component="h3">
        {t('gallery.fills')}
      </Typography>
      {fields.length === 0 ? (
        <Typography variant="body2">{t('gallery.fillsNothing')}</Typography>
      ) : (
        <StackedTable
          labelledBy={id}
          columns={[t('gallery.setting'), t('gallery.value')]}
        >
          {fields.map(field => (
            <StackedRow key={field.id}>
              <StackedHeader>{t(`field.${field.id}`)}</StackedHeader>
              <StackedCell label={t('gallery.value')}>
                <span style={{ overflowWrap: 'anywhere' }}>
                  <Breakable
                    text={formatSetting(t, field, get(form, field.path))}
                  />
                  {preset.unconfirmed.includes(field.path) && (
                    <em> ({t('gallery.unconfirmed')})</em>
                  )}
                </span>
              </StackedCell>
            </StackedRow>
          ))}
        </StackedTable>
      )}
    </section>
  );
};
