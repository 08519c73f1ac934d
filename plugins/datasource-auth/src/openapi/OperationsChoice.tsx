import { OpenApiOperation } from 'backstage-plugin-datasource-auth-common';
import { makeStyles } from '@material-ui/core/styles';
import { useText } from '../translation';
import { CheckList } from './CheckList';

const useStyles = makeStyles(theme => ({
  root: { marginTop: theme.spacing(2) },
}));

/** Props of {@link OperationsChoice}. */
export interface OperationsChoiceProps {
  operations: OpenApiOperation[];
  /** Operations that Backstage will call. */
  called: string[];
  onChange: (called: string[]) => void;
}

/** The operations that the scheme protects. Those selected determine the required scopes. */
export const OperationsChoice = (props: OperationsChoiceProps) => {
  const { operations, called, onChange } = props;
  const t = useText();
  const classes = useStyles();
  return (
    <details className={classes.root}>
      <summary>
        {t('openapi.scopes.operations', { count: operations.length })}
      </summary>
      <CheckList
        legend={t('openapi.scopes.operationsText')}
        options={operations.map(({ operation, summary, scopes }) => ({
          value: operation,
          name: operation,
          about: `${summary ? ` ${summary}` : ''}: ${
            scopes.join(' ') || t('openapi.scopes.noScope')
          }`,
        }))}
        selected={called}
        onSelect={onChange}
      />
    </details>
  );
};
