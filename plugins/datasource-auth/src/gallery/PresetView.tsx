import { FormEvent, useState } from 'react';
import { useNavigate } from 'react-router-dom';
import {
  GRANTS,
  matchesField,
  Preset,
  presetSettings,
  PresetWay,
} from 'backstage-plugin-datasource-auth-common';
import Button from '@material-ui/core/Button';
import { makeStyles } from '@material-ui/core/styles';
import TextField from '@material-ui/core/TextField';
import Typography from '@material-ui/core/Typography';
import { Notice, useElementId, usePaths } from '../frame';
import { useText } from '../translation';
import { PresetBehavior } from './PresetBehavior';
import { PresetFills } from './PresetFills';
import { presetStartState } from './presetStart';
import { RegistrationChecklist } from './RegistrationChecklist';

const useStyles = makeStyles(theme => ({
  columns: {
    display: 'flex',
    flexWrap: 'wrap',
    alignItems: 'flex-start',
    gap: theme.spacing(4),
  },
  column: { flex: '1 1 360px', minWidth: 0, maxWidth: 720 },
  use: { margin: theme.spacing(2, 0) },
}));

/** Props of {@link PresetView}. */
export interface PresetViewProps {
  preset: Preset;
  /** The exact redirect URI; undefined if it is unknown. */
  callbackUrl?: string;
  passwordGrantEnabled: boolean;
}

/** Shows a preset with inputs for the instance values, and opens the editor with both. */
export const PresetView = (props: PresetViewProps) => {
  const { preset, callbackUrl, passwordGrantEnabled } = props;
  const t = useText();
  const classes = useStyles();
  const navigate = useNavigate();
  const paths = usePaths();
  const id = useElementId();
  const ways = preset.ways.filter(
    way =>
      way === 'static' || !GRANTS[way].canBeDisabled || passwordGrantEnabled,
  );
  const [way, setWay] = useState<PresetWay>(ways[0]);
  const [typed, setTyped] = useState<Record<string, string>>({});
  const [refused, setRefused] = useState<string[]>([]);
  if (!ways.length)
    return <Notice severity="warning">{t('gallery.passwordOff')}</Notice>;

  const fields = preset.instance.filter(
    // A secret in the browser's history would outlive the form.
    field => !field.secret && (!field.ways || field.ways.includes(way)),
  );
  const elementId = (name: string) => `${id}-instance-${name}`;

  const use = (event: FormEvent) => {
    event.preventDefault();
    const instance = Object.fromEntries(
      fields
        .map(({ name }) => [name, (typed[name] ?? '').trim()])
        .filter(([, value]) => value),
    );
    const wrong = fields
      .filter(
        field =>
          instance[field.name] && !matchesField(field, instance[field.name]),
      )
      .map(field => field.name);
    setRefused(wrong);
    if (wrong.length) {
      document.getElementById(elementId(wrong[0]))?.focus();
      return;
    }
    navigate(paths.create, {
      state: presetStartState(
        preset,
        presetSettings(preset, { way, instance }),
      ),
    });
  };

  return (
    <div className={classes.columns}>
      <div className={classes.column}>
        <form noValidate autoComplete="off" onSubmit={use}>
          {ways.length > 1 && (
            <TextField
              select
              id={`${id}-grant`}
              label={t('gallery.way')}
              fullWidth
              margin="normal"
              variant="outlined"
              size="small"
              SelectProps={{ native: true }}
              InputLabelProps={{ shrink: true }}
              value={way}
              onChange={event => setWay(event.target.value as PresetWay)}
            >
              {ways.map(each => (
                <option key={each} value={each}>
                  {t(`grant.${each}`)}
                </option>
              ))}
            </TextField>
          )}
          {fields.length > 0 && (
            <section aria-labelledby={`${id}-instance`}>
              <Typography id={`${id}-instance`} variant="h6" component="h3">
                {t('gallery.instance')}
              </Typography>
              <Typography variant="body2">
                {t('gallery.instanceText')}
              </Typography>
              {fields.map(field => (
                <TextField
                  key={field.name}
                  id={elementId(field.name)}
                  label={field.label}
                  fullWidth
                  margin="normal"
                  variant="outlined"
                  size="small"
                  value={typed[field.name] ?? field.default ?? ''}
                  error={refused.includes(field.name)}
                  helperText={t(
                    refused.includes(field.name)
                      ? 'gallery.wrongForm'
                      : 'gallery.example',
                    { example: field.example },
                  )}
                  onChange={event =>
                    setTyped({ ...typed, [field.name]: event.target.value })
                  }
                />
              ))}
            </section>
          )}
          <Button
            type="submit"
            variant="contained"
            color="primary"
            className={classes.use}
          >
            {t('gallery.use')}
          </Button>
        </form>
        <PresetFills preset={preset} way={way} />
      </div>
      <div className={classes.column}>
        <RegistrationChecklist
          preset={preset}
          way={way}
          callbackUrl={callbackUrl}
        />
        <PresetBehavior preset={preset} />
      </div>
    </div>
  );
};
