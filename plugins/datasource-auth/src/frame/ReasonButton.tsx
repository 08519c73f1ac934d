import { forwardRef, ReactNode, Ref } from 'react';
import Button, { ButtonProps } from '@material-ui/core/Button';
import { makeStyles } from '@material-ui/core/styles';
import Typography from '@material-ui/core/Typography';
import { useElementId } from './useElementId';

const useStyles = makeStyles(theme => ({
  unavailable: { opacity: 0.55, cursor: 'not-allowed' },
  reason: { color: theme.palette.text.secondary, display: 'block' },
  spoken: {
    position: 'absolute',
    width: 1,
    height: 1,
    overflow: 'hidden',
    clip: 'rect(0 0 0 0)',
  },
}));

/** Props of {@link ReasonButton}. */
export interface ReasonButtonProps extends Omit<ButtonProps, 'disabled'> {
  /** Why it is disabled; undefined if it isn't. */
  reason?: string;
  /**
   * Shows the reason only in the tooltip and to screen readers: it is already visible nearby, or would move other
   * content.
   */
  reasonHidden?: boolean;
  children: ReactNode;
}

/** A button that stays focusable when disabled, and says why. */
export const ReasonButton = forwardRef(
  (props: ReasonButtonProps, ref: Ref<HTMLButtonElement>) => {
    const { reason, reasonHidden, onClick, className, title, ...rest } = props;
    const classes = useStyles();
    const reasonId = useElementId();
    return (
      <span>
        <Button
          {...rest}
          ref={ref}
          title={reason && reasonHidden ? reason : title}
          className={[className, reason && classes.unavailable]
            .filter(Boolean)
            .join(' ')}
          aria-disabled={reason ? true : undefined}
          aria-describedby={reason ? reasonId : undefined}
          onClick={event => {
            if (reason) event.preventDefault();
            else onClick?.(event);
          }}
        />
        {reason && (
          <Typography
            id={reasonId}
            variant="caption"
            className={reasonHidden ? classes.spoken : classes.reason}
          >
            {reason}
          </Typography>
        )}
      </span>
    );
  },
);
