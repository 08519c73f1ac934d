import { ReactNode } from 'react';
import Button from '@material-ui/core/Button';
import Dialog from '@material-ui/core/Dialog';
import DialogActions from '@material-ui/core/DialogActions';
import DialogContent from '@material-ui/core/DialogContent';
import DialogContentText from '@material-ui/core/DialogContentText';
import DialogTitle from '@material-ui/core/DialogTitle';
import { makeStyles } from '@material-ui/core/styles';
import { SafeButton } from './SafeButton';
import { useElementId } from './useElementId';

const useStyles = makeStyles(theme => ({
  actions: { flexWrap: 'wrap', '& button': { whiteSpace: 'nowrap' } },
  destructive: { color: theme.palette.error.main },
}));

/** Props of {@link ConfirmDialog}. */
export interface ConfirmDialogProps {
  /** Whether it is open. Default: true. */
  open?: boolean;
  title: string;
  /** Text that describes what will happen. */
  text: ReactNode;
  /** Additional information or options. */
  children?: ReactNode;
  /** Label of the button that changes nothing. */
  keep: string;
  /** Label of the button that performs the action. */
  confirm: string;
  /** Disables the action. */
  disabled?: boolean;
  /** Whether it takes something away that others use. */
  destructive?: boolean;
  onKeep: () => void;
  onConfirm: () => void;
}

/** Confirms an action that can't be undone. The focus starts on the button that changes nothing. */
export const ConfirmDialog = (props: ConfirmDialogProps) => {
  const { open = true, title, text, children, disabled } = props;
  const classes = useStyles();
  const id = useElementId();
  return (
    <Dialog
      open={open}
      onClose={props.onKeep}
      aria-labelledby={`${id}-title`}
      aria-describedby={`${id}-text`}
    >
      <DialogTitle id={`${id}-title`}>{title}</DialogTitle>
      <DialogContent>
        <DialogContentText id={`${id}-text`} component="div">
          {text}
        </DialogContentText>
        {children}
      </DialogContent>
      <DialogActions className={classes.actions}>
        <SafeButton onClick={props.onKeep}>{props.keep}</SafeButton>
        <Button
          disabled={disabled}
          className={props.destructive ? classes.destructive : undefined}
          onClick={props.onConfirm}
        >
          {props.confirm}
        </Button>
      </DialogActions>
    </Dialog>
  );
};
