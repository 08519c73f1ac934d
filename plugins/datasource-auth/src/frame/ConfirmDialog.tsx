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

const useStyles = makeStyles({
  actions: { flexWrap: 'wrap', '& button': { whiteSpace: 'nowrap' } },
});

/** Props of {@link ConfirmDialog}. */
export interface ConfirmDialogProps {
  /** Whether it is there; it is unless told. */
  open?: boolean;
  title: string;
  /** What will happen. */
  text: ReactNode;
  /** What else is to be known or chosen before. */
  children?: ReactNode;
  /** Name of the button that leaves everything as it is. */
  keep: string;
  /** Name of the button that does it. */
  confirm: string;
  /** It cannot be done now. */
  disabled?: boolean;
  onKeep: () => void;
  onConfirm: () => void;
}

/** Asks before something is done that cannot be taken back. The focus is on the button that changes nothing. */
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
        <Button disabled={disabled} onClick={props.onConfirm}>
          {props.confirm}
        </Button>
      </DialogActions>
    </Dialog>
  );
};
