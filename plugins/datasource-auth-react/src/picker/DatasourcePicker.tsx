import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import Box from '@material-ui/core/Box';
import MenuItem from '@material-ui/core/MenuItem';
import TextField from '@material-ui/core/TextField';
import { GrantType } from 'backstage-plugin-datasource-auth-common';
import { useDatasources } from '../client';
import { StatusMarker } from '../status';
import { datasourceAuthReactTranslationRef } from '../translation/datasourceAuthReactTranslationRef';

/**
 * Props of {@link DatasourcePicker}.
 *
 * @public
 */
export interface DatasourcePickerProps {
  /** Id of the element, where there is more than one picker. */
  id?: string;
  /** Name of the chosen datasource, or the empty text. */
  value: string;
  /** Told the name that was chosen. */
  onChange: (name: string) => void;
  /** Only datasources of this grant. */
  grantType?: GrantType;
  /** Stands above the field; the translated word for datasource unless told. */
  label?: string;
  /** What stands below, unless there is something to say about the datasources themselves. */
  help?: string;
  /** Marks it as faulty. */
  error?: boolean;
  /** Whether it is marked as one that has to be filled in. */
  required?: boolean;
  /** Whether nothing can be chosen. */
  disabled?: boolean;
}

/**
 * Chooses a datasource by its name, and shows the status of each.
 *
 * @public
 */
export const DatasourcePicker = (props: DatasourcePickerProps) => {
  const { t } = useTranslationRef(datasourceAuthReactTranslationRef);
  const {
    value: list,
    loading,
    error,
  } = useDatasources({
    grantType: props.grantType,
    limit: 200,
  });
  const items = list?.items ?? [];
  let { help } = props;
  if (error) help = t('picker.failed', { message: error.message });
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
