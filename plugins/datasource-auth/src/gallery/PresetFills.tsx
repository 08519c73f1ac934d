import { get } from 'react-hook-form';
import {
  DatasourceSettingsView,
  GrantType,
  Preset,
  presetDraft,
} from 'backstage-plugin-datasource-auth-common';
import { makeStyles } from '@material-ui/core/styles';
import Table from '@material-ui/core/Table';
import TableBody from '@material-ui/core/TableBody';
import TableCell from '@material-ui/core/TableCell';
import TableHead from '@material-ui/core/TableHead';
import TableRow from '@material-ui/core/TableRow';
import Typography from '@material-ui/core/Typography';
import { useElementId } from '../frame';
import { changedFields, formOfSettings } from '../settings/settingsForm';
import { settingInWords } from '../settings/settingInWords';
import { useText } from '../translation';

const useStyles = makeStyles({
  cell: { overflowWrap: 'anywhere', verticalAlign: 'top' },
});

/** The settings that a preset fills in, as it has them: templates stand for the values of the instance. */
export const PresetFills = (props: {
  preset: Preset;
  grantType: GrantType;
}) => {
  const { preset, grantType } = props;
  const t = useText();
  const classes = useStyles();
  const id = useElementId();
  const form = formOfSettings(
    presetDraft(preset, grantType) as Partial<DatasourceSettingsView>,
  );
  const fields = changedFields(formOfSettings(), form).filter(
    field => field.id !== 'grantType',
  );
  return (
    <section aria-labelledby={id}>
      <Typography id={id} variant="h6" component="h3">
        {t('gallery.fills')}
      </Typography>
      {fields.length === 0 ? (
        <Typography variant="body2">{t('gallery.fillsNothing')}</Typography>
      ) : (
        <Table size="small" aria-labelledby={id}>
          <TableHead>
            <TableRow>
              <TableCell>{t('gallery.setting')}</TableCell>
              <TableCell>{t('gallery.value')}</TableCell>
            </TableRow>
          </TableHead>
          <TableBody>
            {fields.map(field => (
              <TableRow key={field.id}>
                <TableCell component="th" scope="row" className={classes.cell}>
                  {t(`field.${field.id}`)}
                </TableCell>
                <TableCell className={classes.cell}>
                  {settingInWords(t, field, get(form, field.path))}
                  {preset.unconfirmed.includes(field.path) && (
                    <em> ({t('gallery.unconfirmed')})</em>
                  )}
                </TableCell>
              </TableRow>
            ))}
          </TableBody>
        </Table>
      )}
    </section>
  );
};
