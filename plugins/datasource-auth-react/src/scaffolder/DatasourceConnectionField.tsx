import { useEffect } from 'react';
import { makeFieldSchema } from '@backstage/plugin-scaffolder-react';
import FormHelperText from '@material-ui/core/FormHelperText';
import FormLabel from '@material-ui/core/FormLabel';
import MenuItem from '@material-ui/core/MenuItem';
import { makeStyles } from '@material-ui/core/styles';
import TextField from '@material-ui/core/TextField';
import Typography from '@material-ui/core/Typography';
import { ConnectPrompt, useConnection, useConnections } from '../connections';
import { useText } from '../translation/useText';
import { useBackendText } from '../translation/useBackendText';
import { useErrorText } from '../translation/useErrorText';

/**
 * Value (the name of a datasource) and `ui:options` of the template field `DatasourceConnection`.
 *
 * @public
 */
export const DatasourceConnectionFieldSchema = makeFieldSchema({
  output: z => z.string().describe('Name of the datasource'),
  uiOptions: z =>
    z.object({
      datasource: z
        .string()
        .optional()
        .describe('Name of the datasource. Without it, the user chooses one'),
    }),
});

const useStyles = makeStyles(theme => ({
  root: { display: 'flex', flexDirection: 'column', gap: theme.spacing(1) },
}));

interface ChoiceProps {
  id?: string;
  value: string;
  onChange: (name: string) => void;
  label: string;
  required?: boolean;
  disabled?: boolean;
  error: boolean;
}

/** Selects one of the datasources to which the user can connect. */
const Choice = ({ onChange, ...props }: ChoiceProps) => {
  const t = useText();
  const backendText = useBackendText();
  const errorText = useErrorText();
  const { value: list, error } = useConnections();
  const items = list?.items ?? [];
  let help: string | undefined;
  if (error) help = t('connection.loadFailed', { message: errorText(error) });
  else if (!list) help = t('connection.loading');
  else if (items.length === 0)
    help = list.refusal
      ? backendText(list.refusal.texts, list.refusal.message)
      : t('picker.empty');
  const isKnown = items.some(({ datasource }) => datasource === props.value);
  return (
    <TextField
      {...props}
      select
      fullWidth
      variant="outlined"
      error={props.error || Boolean(error)}
      helperText={help}
      onChange={event => onChange(event.target.value)}
    >
      {props.value && !isKnown && (
        <MenuItem value={props.value}>{props.value}</MenuItem>
      )}
      {items.map(({ datasource, title }) => (
        <MenuItem key={datasource} value={datasource}>
          {title ?? datasource}
        </MenuItem>
      ))}
    </TextField>
  );
};

/** Shows which account is connected. */
const ConnectedAccount = ({ datasource }: { datasource: string }) => {
  const t = useText();
  const { state } = useConnection(datasource);
  if (state.kind !== 'connected') return null;
  const { title = datasource, account } = state.connection;
  return (
    <Typography variant="body2" role="status">
      {account
        ? t('connection.connectedAs', { title, account })
        : t('connection.prompt.connected', { title })}
    </Typography>
  );
};

/**
 * Asks the user to connect their own account to a datasource before a template runs.
 *
 * @public
 */
export const DatasourceConnectionField = (
  props: typeof DatasourceConnectionFieldSchema.TProps,
) => {
  const { formData, idSchema, onChange, rawErrors, schema, uiSchema } = props;
  const t = useText();
  const classes = useStyles();
  const fixed = uiSchema['ui:options']?.datasource;
  const datasource = fixed ?? formData;
  const label = uiSchema['ui:title'] ?? schema.title ?? t('picker.label');
  const description = uiSchema['ui:description'] ?? schema.description;

  useEffect(() => {
    if (fixed !== undefined && formData !== fixed) onChange(fixed);
  }, [fixed, formData, onChange]);

  return (
    <div
      className={classes.root}
      role="group"
      aria-label={fixed === undefined ? undefined : label}
    >
      {fixed === undefined ? (
        <Choice
          id={idSchema?.$id}
          value={formData ?? ''}
          onChange={name => onChange(name || undefined)}
          label={label}
          required={props.required}
          disabled={props.disabled || uiSchema['ui:disabled']}
          error={Boolean(rawErrors?.length) && !formData}
        />
      ) : (
        <FormLabel component="div" required={props.required}>
          {label}
        </FormLabel>
      )}
      {description && <FormHelperText>{description}</FormHelperText>}
      {datasource && (
        <ConnectPrompt key={datasource} datasource={datasource}>
          <ConnectedAccount datasource={datasource} />
        </ConnectPrompt>
      )}
    </div>
  );
};
