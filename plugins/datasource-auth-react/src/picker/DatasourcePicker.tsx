import Box from '@material-ui/core/Box';
import MenuItem from '@material-ui/core/MenuItem';
import TextField from '@material-ui/core/TextField';
import { GrantOrKind } from 'backstage-plugin-datasource-auth-common';
import { useDatasources } from '../client';
import { StatusMarker } from '../status';
import { useText } from '../translation/useText';
import { useErrorText } from '../translation/useErrorText';

/**
 * Props of {@link DatasourcePicker}.
 *
 * @public
 */
export interface DatasourcePickerProps {
  /** ID of the element; required if there is more than one picker. */
  id?: string;
  /** Name of the selected datasource, or an empty string. */
  value: string;
  /** Called with the selected name. */
  onChange: (name: string) => void;
  /** Shows only datasources that authenticate in this way: a grant, or a kind without a grant. */
  way?: GrantOrKind;
  /** Label above the field; defaults to the translated word for datasource. */
  label?: string;
  /** Text below the field, unless there is a message about loading the datasources. */
  help?: string;
  /** Marks the field as invalid. */
  error?: boolean;
  /** Marks the field as required. */
  required?: boolean;
  /** Disables the field. */
  disabled?: boolean;
}

/**
 * Selects a datasource by name, and shows the status of each.
 *
 * @public
 */
export const DatasourcePicker = (props: DatasourcePickerProps) => {
  const t = useText();
  const errorText = useErrorText();
  const {
    value: list,
    loading,
    error,
  } = useDatasources({
    way: props.way,
    limit: 200,
  });
  const items = list?.items ?? [];
  let { help } = props;
  if (error) help = t('picker.failed', { message: errorText(error) });
  else if (loading) help = t('picker.loading');
  else if (items.length === 0) help = t('picker.empty');
  const known = items.some(item => item.name === props.value);
  return (
    <TextField
      select
      fullWidth
      variant="outlined"
      id={props.id ?? 'datasource-picker'}
      label={props.label ?? t('picker.label')}
      required={props.required}
      disabled={props.disabled}
      error={props.error || Boolean(error)}
      helperText={help}
      value={props.value}
      onChange={event => props.onChange(event.target.value)}
    >
      {props.value && !known && (
        <MenuItem value={props.value}>{props.value}</MenuItem>
      )}
      {items.map(item => (
        <MenuItem key={item.name} value={item.name}>
          <Box display="flex" width="100%" style={{ gap: 16 }}>
            <Box flexGrow={1}>{item.title ?? item.name}</Box>
            <StatusMarker state={item.status.state} />
          </Box>
        </MenuItem>
      ))}
    </TextField>
  );
};
