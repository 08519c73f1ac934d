import { OpenApiOperation } from 'backstage-plugin-datasource-auth-common';
import Checkbox from '@material-ui/core/Checkbox';
import FormControlLabel from '@material-ui/core/FormControlLabel';
import FormGroup from '@material-ui/core/FormGroup';
import { makeStyles } from '@material-ui/core/styles';
import Typography from '@material-ui/core/Typography';
import { useText } from '../translation';

const useStyles = makeStyles(theme => ({
  root: { marginTop: theme.spacing(2) },
  group: { maxHeight: 320, overflowY: 'auto', flexWrap: 'nowrap' },
}));

/** Props of {@link OperationsChoice}. */
export interface OperationsChoiceProps {
  operations: OpenApiOperation[];
  /** Indices of those that Backstage will call. */
  called: number[];
  onChange: (called: number[]) => void;
}

/** The operations that the scheme protects: which of them will be called decides which scopes are required. */
export const OperationsChoice = (props: OperationsChoiceProps) => {
  const { operations, called, onChange } = props;
  const t = useText();
  const classes = useStyles();
  const title = t('openapi.scopes.operations', { count: operations.length });
  return (
    <details className={classes.root}>
      <summary>{title}</summary>
      <Typography variant="body2">
        {t('openapi.scopes.operationsText')}
      </Typography>
      <FormGroup className={classes.group} role="group" aria-label={title}>
        {operations.map(({ operation, summary, scopes }, index) => (
          <FormControlLabel
            key={operation}
            control={
              <Checkbox
                color="primary"
                size="small"
                checked={called.includes(index)}
                onChange={event =>
                  onChange(
                    event.target.checked
                      ? [...called, index]
                      : called.filter(other => other !== index),
                  )
                }
              />
            }
            label={
              <>
                <code>{operation}</code>
                {summary && ` ${summary}`}
                {`: ${scopes.join(' ') || t('openapi.scopes.noScope')}`}
              </>
            }
          />
        ))}
      </FormGroup>
    </details>
  );
};
