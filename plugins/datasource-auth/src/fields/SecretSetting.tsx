import { useState } from 'react';
import { shortDate, useLocale } from 'backstage-plugin-datasource-auth-react';
import Box from '@material-ui/core/Box';
import Button from '@material-ui/core/Button';
import FormControl from '@material-ui/core/FormControl';
import FormHelperText from '@material-ui/core/FormHelperText';
import IconButton from '@material-ui/core/IconButton';
import InputAdornment from '@material-ui/core/InputAdornment';
import TextField from '@material-ui/core/TextField';
import Typography from '@material-ui/core/Typography';
import VisibilityIcon from '@material-ui/icons/Visibility';
import VisibilityOffIcon from '@material-ui/icons/VisibilityOff';
import { personName } from '../frame/personName';
import { FieldId } from '../kinds';
import { SecretDraft } from '../settings/fieldCodec';
import { storedSecret } from '../settings/requiredFields';
import { useText } from '../translation';
import { useEditorFacts } from './EditorContext';
import { hasOuterSpace } from './hasOuterSpace';
import { LABEL_ABOVE } from './labelAbove';
import { useMustReenter } from './useMustReenter';
import { useSetting } from './useSetting';

/** Props of {@link SecretSetting}. */
export interface SecretSettingProps {
  id: FieldId;
  required?: boolean;
  /** Turns what was entered into the secret. */
  read?: (entered: string) => string;
}

/** A secret, which can be entered, replaced, or removed, but never read. Only new input can be revealed. */
export const SecretSetting = ({
  id,
  required,
  read = entered => entered,
}: SecretSettingProps) => {
  const t = useText();
  const locale = useLocale();
  const setting = useSetting<SecretDraft>(id);
  const { stored: settings } = useEditorFacts();
  const mustReenter = useMustReenter();
  const [shown, setShown] = useState(false);
  const { label, value: draft, onChange, fault, elementId } = setting;
  const stored = storedSecret(settings, setting.spec);
  const reenter =
    draft.action === 'keep' ? mustReenter(setting.spec.path) : undefined;
  const set = (action: SecretDraft['action'], value = '') =>
    onChange({ action, value });

  if (stored && draft.action !== 'replace') {
    const removed = draft.action === 'remove';
    const when = stored.updatedAt && shortDate(stored.updatedAt, { locale });
    const who = stored.updatedBy && personName(stored.updatedBy);
    const spoken = when
      ? t('editor.secret.storedSpoken', { label, when })
      : t('editor.secret.storedSpokenPlain', { label });
    const visible =
      when && who
        ? t('editor.secret.stored', { when, who })
        : t('editor.secret.storedPlain');
    return (
      <FormControl fullWidth margin="normal" error={Boolean(fault ?? reenter)}>
        <Typography variant="caption" aria-hidden>
          {label}
        </Typography>
        <Box
          display="flex"
          flexWrap="wrap"
          alignItems="center"
          style={{ gap: 8 }}
          role="group"
          aria-label={removed ? label : spoken}
        >
          <Typography component="span">
            {removed ? t('editor.secret.removed') : visible}
          </Typography>
          {removed ? (
            <Button id={elementId} size="small" onClick={() => set('keep')}>
              {t('editor.secret.undo')}
            </Button>
          ) : (
            <>
              <Button
                id={elementId}
                size="small"
                variant="outlined"
                aria-label={t('editor.secret.replaceNamed', { label })}
                onClick={() => set('replace')}
              >
                {t('editor.secret.replace')}
              </Button>
              <Button
                size="small"
                aria-label={t('editor.secret.removeNamed', { label })}
                onClick={() => set('remove')}
              >
                {t('editor.secret.remove')}
              </Button>
            </>
          )}
        </Box>
        {(fault ?? reenter ?? setting.help) && (
          <FormHelperText role={reenter ? 'status' : undefined}>
            {fault ?? reenter ?? setting.help}
          </FormHelperText>
        )}
      </FormControl>
    );
  }
  const { multiline = false } = setting.spec;
  const hasSpaces = !multiline && hasOuterSpace(draft.value);
  return (
    <Box>
      <TextField
        id={elementId}
        label={label}
        required={required}
        fullWidth
        margin="normal"
        variant="outlined"
        size="small"
        multiline={multiline}
        maxRows={6}
        type={shown || multiline ? 'text' : 'password'}
        autoFocus={Boolean(stored)} // eslint-disable-line jsx-a11y/no-autofocus -- replaces the button that was pressed
        value={draft.value}
        error={Boolean(fault)}
        helperText={
          fault ?? (hasSpaces ? t('editor.secret.spaces') : setting.help)
        }
        onBlur={setting.onBlur}
        onChange={event => set('replace', read(event.target.value))}
        InputLabelProps={LABEL_ABOVE}
        inputProps={{
          autoComplete: id === 'password' ? 'new-password' : 'off',
          spellCheck: false,
        }}
        InputProps={{
          endAdornment: multiline ? undefined : (
            <InputAdornment position="end">
              <IconButton
                edge="end"
                size="small"
                aria-label={t('editor.secret.show', { label })}
                aria-pressed={shown}
                onClick={() => setShown(!shown)}
              >
                {shown ? <VisibilityOffIcon /> : <VisibilityIcon />}
              </IconButton>
            </InputAdornment>
          ),
        }}
      />
      {stored && (
        <Button size="small" onClick={() => set('keep')}>
          {t('editor.secret.keep')}
        </Button>
      )}
    </Box>
  );
};
