import Button, { ButtonProps } from '@material-ui/core/Button';
import { makeStyles } from '@material-ui/core/styles';

const useStyles = makeStyles({
  focused: { outline: '2px solid currentColor', outlineOffset: 2 },
});

/**
 * The button of a dialog that changes nothing, so it gets the focus first. It has no focus ripple: Material UI 4 fails
 * if the ripple starts before the button is mounted, as in a dialog opened by keyboard.
 */
export const SafeButton = (props: ButtonProps) => {
  const classes = useStyles();
  return (
    <Button
      {...props}
      autoFocus // eslint-disable-line jsx-a11y/no-autofocus -- dialogs focus the button that changes nothing
      disableFocusRipple
      focusVisibleClassName={classes.focused}
    />
  );
};
