import {
  OpenApiChoice,
  OpenApiProposal,
  openApiVariables,
} from 'backstage-plugin-datasource-auth-common';
import TextField from '@material-ui/core/TextField';
import Typography from '@material-ui/core/Typography';
import { useElementId } from '../frame';
import { useText } from '../translation';

/** Props of {@link ServerChoice}. */
export interface ServerChoiceProps {
  proposal: OpenApiProposal;
  choice: OpenApiChoice;
  onChange: (part: Partial<OpenApiChoice>) => void;
}

const FIELD = {
  fullWidth: true,
  margin: 'normal',
  variant: 'outlined',
  size: 'small',
} as const;

/** Selects a server and the values of variables in URLs. Empty if there is no choice. */
export const ServerChoice = (props: ServerChoiceProps) => {
  const { proposal, choice, onChange } = props;
  const t = useText();
  const id = useElementId();
  const { servers } = proposal;
  const variables = openApiVariables(proposal, choice);
  const values = choice.variables ?? {};
  return (
    <>
      {servers.length > 1 && (
        <TextField
          {...FIELD}
          select
          id={`${id}-server`}
          label={t('openapi.review.server')}
          SelectProps={{ native: true }}
          InputLabelProps={{ shrink: true }}
          value={choice.server ?? 0}
          onChange={event => onChange({ server: Number(event.target.value) })}
        >
          {servers.map(({ url, description }, index) => (
            <option key={`${index} ${url}`} value={index}>
              {description
                ? t('openapi.review.serverOf', { url, description })
                : url}
            </option>
          ))}
        </TextField>
      )}
      {variables.length > 0 && (
        <section aria-labelledby={`${id}-variables`}>
          <Typography id={`${id}-variables`} variant="h6" component="h4">
            {t('openapi.review.variables')}
          </Typography>
          <Typography variant="body2">
            {t('openapi.review.variablesText')}
          </Typography>
          {variables.map(variable => (
            <TextField
              {...FIELD}
              key={variable.name}
              id={`${id}-variable-${variable.name}`}
              label={variable.name}
              helperText={variable.description}
              placeholder={variable.default}
              InputLabelProps={{ shrink: true }}
              value={values[variable.name] ?? variable.default ?? ''}
              select={Boolean(variable.enum)}
              SelectProps={{ native: true }}
              onChange={event =>
                onChange({
                  variables: { ...values, [variable.name]: event.target.value },
                })
              }
            >
              {variable.enum?.map(option => (
                <option key={option} value={option}>
                  {option}
                </option>
              ))}
            </TextField>
          ))}
        </section>
      )}
    </>
  );
};
