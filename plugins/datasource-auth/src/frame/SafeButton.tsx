import Button, { ButtonProps } from '@material-ui/core/Button';
import { makeStyles } from '@material-ui/core/styles';

const useStyles = makeStyles({
  focused: { outline: '2px solid currentColor', outlineOffset: 2 },
});

/**
 * The button of a dialog that changes nothing, and so has the focus first. Without the focus ripple: Material UI 4
 * fails when that one is wanted before the button is mounted, which a dialog opened by keyboard does.
 */
export const SafeButton = (props: ButtonProps) => {
  const classes = useStyles();
  return (
    <Button
      {...props}
      autoFocus // eslint-disable-line jsx-a11y/no-autofocus -- a dialog puts the focus on what changes nothing
      disableFocusRipple
      focusVisibleClassName={classes.focused}
    />
  );
};
