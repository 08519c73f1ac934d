import TextField from '@material-ui/core/TextField';
import { FieldId } from '../kinds';
import { useEditorFacts } from './EditorContext';
import { LABEL_ABOVE } from './labelAbove';
import { useSetting } from './useSetting';

/** Props of {@link TextSetting}. */
export interface TextSettingProps {
  id: FieldId;
  required?: boolean;
  disabled?: boolean;
  onChange?: (value: string) => void;
}

/** A setting with text input: text, URL, number, date, or list. */
export const TextSetting = (props: TextSettingProps) => {
  const { id, required, disabled, onChange } = props;
  const setting = useSetting<string | null>(id);
  const { isNew } = useEditorFacts();
  const { kind } = setting.spec;
  const fixed = id === 'name' && !isNew;
  const date = kind === 'date';
  const value = setting.value ?? '';
  return (
    <TextField
      id={setting.elementId}
      label={setting.label}
      required={required}
      disabled={disabled}
      fullWidth
      margin="normal"
      variant="outlined"
      size="small"
      type={date ? 'date' : 'text'}
      multiline={['long', 'routes', 'json'].includes(kind)}
      InputLabelProps={LABEL_ABOVE}
      inputProps={{
        inputMode: kind === 'number' ? 'numeric' : undefined,
        autoComplete: 'off',
        spellCheck: kind === 'long',
        readOnly: fixed,
      }}
      value={date ? value.slice(0, 10) : value}
      error={Boolean(setting.fault)}
      helperText={setting.fault ?? setting.help}
      onBlur={setting.onBlur}
      onChange={event => {
        setting.onChange(event.target.value);
        onChange?.(event.target.value);
      }}
    />
  );
};
