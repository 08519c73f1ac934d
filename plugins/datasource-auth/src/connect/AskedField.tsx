import { useController, useFormContext } from 'react-hook-form';
import { makeStyles } from '@material-ui/core/styles';
import TextField from '@material-ui/core/TextField';
import { Setting } from '../editor/Setting';
import { LABEL_ABOVE } from '../fields/labelAbove';
import { hasOuterSpace } from '../fields/hasOuterSpace';
import { TextSetting } from '../fields/TextSetting';
import { ValueRow } from '../settings/fieldCodec';
import { EditorValues } from '../settings/settingsForm';
import { useText } from '../translation';
import { Asked, isSecret, pathOf } from './asked';

/** One value of a map, such as an instance value, under its own label. */
const ValueField = ({ asked }: { asked: Asked & { kind: 'value' } }) => {
  const t = useText();
  const { getValues } = useFormContext<EditorValues>();
  const { field, fieldState } = useController({
    name: pathOf(asked, getValues()),
  });
  const rows = getValues(asked.map.path) as ValueRow[];
  const isStored = rows.some(row => row.key === asked.name && row.set);
  const { instance } = asked;
  let help: string | undefined;
  if (isStored && !field.value) help = t('connect.stored');
  else if (isSecret(asked) && hasOuterSpace(field.value))
    help = t('editor.secret.spaces');
  else if (instance && !instance.default && !instance.secret)
    help = t('connect.example', { example: instance.example });
  return (
    <TextField
      id={asked.elementId}
      label={asked.label}
      required
      fullWidth
      margin="normal"
      variant="outlined"
      size="small"
      type={isSecret(asked) ? 'password' : 'text'}
      InputLabelProps={LABEL_ABOVE}
      inputProps={{ autoComplete: 'off', spellCheck: false }}
      value={field.value ?? ''}
      error={Boolean(fieldState.error)}
      helperText={fieldState.error?.message ?? help}
      onChange={field.onChange}
      onBlur={() => {
        // Often copied with a space, which may belong to a secret.
        if (!isSecret(asked)) field.onChange(String(field.value ?? '').trim());
        field.onBlur();
      }}
    />
  );
};

const useStyles = makeStyles({
  // Has room for an error. Otherwise, a click on a button below would miss it, because the error goes when the field
  // loses the focus.
  field: { display: 'flow-root', minHeight: 88 },
});

/** A field for a value that only the user knows. */
export const AskedField = ({ asked }: { asked: Asked }) => {
  const classes = useStyles();
  let field;
  if (asked.kind === 'value') field = <ValueField asked={asked} />;
  // How to do without a client ID belongs to all settings.
  else if (asked.field.id === 'clientId')
    field = <TextSetting id="clientId" required />;
  else field = <Setting id={asked.field.id} required />;
  return <div className={classes.field}>{field}</div>;
};
