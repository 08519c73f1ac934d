import { FormEvent, ReactNode, useEffect, useRef } from 'react';
import Box from '@material-ui/core/Box';
import Button from '@material-ui/core/Button';
import { makeStyles } from '@material-ui/core/styles';
import Typography from '@material-ui/core/Typography';
import { ReasonButton } from '../frame';
import { useText } from '../translation';
import { IMPORT_STEPS, ImportStep } from './useOpenApiImport';

const useStyles = makeStyles(theme => ({
  root: { maxWidth: 960 },
  heading: { outline: 'none' },
  buttons: {
    display: 'flex',
    flexWrap: 'wrap',
    alignItems: 'flex-start',
    gap: theme.spacing(1.5),
    marginTop: theme.spacing(3),
  },
}));

/** Props of {@link StepFrame}. */
export interface StepFrameProps {
  step: ImportStep;
  /** The steps of this import. Default: all. */
  steps?: readonly ImportStep[];
  /** Label of the button that continues. */
  next: string;
  /** Why the user can't continue yet. */
  reason?: string;
  onNext: () => void;
  /** Absent on the first step. */
  onBack?: () => void;
  children: ReactNode;
}

/** One step of the import: a heading, which gets the focus when the step opens, and buttons to go on and back. */
export const StepFrame = (props: StepFrameProps) => {
  const {
    step,
    steps = IMPORT_STEPS,
    next,
    reason,
    onNext,
    onBack,
    children,
  } = props;
  const t = useText();
  const classes = useStyles();
  const heading = useRef<HTMLHeadingElement>(null);
  const number = steps.indexOf(step) + 1;
  useEffect(() => {
    if (number > 1) heading.current?.focus();
  }, [number]);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (!reason) onNext();
  };
  return (
    <form
      noValidate
      autoComplete="off"
      className={classes.root}
      onSubmit={submit}
    >
      <Typography
        variant="h5"
        component="h3"
        gutterBottom
        tabIndex={-1}
        ref={heading}
        className={classes.heading}
      >
        {t('openapi.stepOf', {
          number: String(number),
          steps: String(steps.length),
          name: t(`openapi.step.${step}`),
        })}
      </Typography>
      {children}
      <Box className={classes.buttons}>
        {onBack && (
          <Button variant="outlined" onClick={onBack}>
            {t('openapi.back')}
          </Button>
        )}
        <ReasonButton
          type="submit"
          variant="contained"
          color="primary"
          reason={reason}
        >
          {next}
        </ReasonButton>
      </Box>
    </form>
  );
};
