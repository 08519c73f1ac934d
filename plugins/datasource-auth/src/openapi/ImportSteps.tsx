import { makeStyles } from '@material-ui/core/styles';
import { useText } from '../translation';
import { ImportStep } from './useOpenApiImport';

const useStyles = makeStyles(theme => ({
  list: {
    ...theme.typography.body2,
    display: 'flex',
    flexWrap: 'wrap',
    gap: theme.spacing(1, 3),
    listStyle: 'none',
    counterReset: 'step',
    padding: 0,
    margin: theme.spacing(1, 0, 3),
    '& li': { counterIncrement: 'step', color: theme.palette.text.secondary },
    '& li::before': { content: 'counter(step) ". "' },
    '& li[aria-current]': {
      color: theme.palette.text.primary,
      fontWeight: theme.typography.fontWeightBold,
      borderBottom: `2px solid ${theme.palette.primary.main}`,
    },
  },
}));

/** Shows the current step of the import. */
export const ImportSteps = (props: {
  step: ImportStep;
  steps: readonly ImportStep[];
}) => {
  const { step, steps } = props;
  const t = useText();
  const classes = useStyles();
  return (
    <ol className={classes.list} aria-label={t('openapi.steps')}>
      {steps.map(each => (
        <li key={each} aria-current={each === step ? 'step' : undefined}>
          {t(`openapi.step.${each}`)}
        </li>
      ))}
    </ol>
  );
};
