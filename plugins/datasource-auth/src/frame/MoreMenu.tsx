import { useState } from 'react';
import IconButton from '@material-ui/core/IconButton';
import Menu from '@material-ui/core/Menu';
import MenuItem from '@material-ui/core/MenuItem';
import { makeStyles } from '@material-ui/core/styles';
import MoreVertIcon from '@material-ui/icons/MoreVert';

const useStyles = makeStyles(theme => ({
  destructive: { color: theme.palette.error.main },
}));

/** A menu item. */
export interface MenuAction {
  label: string;
  act: () => void;
  /** Whether it is on; absent if it isn't a toggle. */
  checked?: boolean;
  /** Whether it takes something away that others use. */
  destructive?: boolean;
}

/** Props of {@link MoreMenu}. */
export interface MoreMenuProps {
  label: string;
  /** Falsy items are hidden. */
  actions: (MenuAction | false)[];
}

/** A button with three dots that opens a menu. */
export const MoreMenu = ({ label, actions }: MoreMenuProps) => {
  const classes = useStyles();
  const [anchor, setAnchor] = useState<HTMLElement>();
  const close = () => setAnchor(undefined);
  return (
    <>
      <IconButton
        size="small"
        aria-label={label}
        aria-haspopup="menu"
        onClick={event => setAnchor(event.currentTarget)}
      >
        <MoreVertIcon />
      </IconButton>
      <Menu open={Boolean(anchor)} anchorEl={anchor} onClose={close}>
        {actions.map(
          action =>
            action && (
              <MenuItem
                key={action.label}
                role={
                  action.checked === undefined ? 'menuitem' : 'menuitemcheckbox'
                }
                aria-checked={action.checked}
                className={action.destructive ? classes.destructive : undefined}
                onClick={() => {
                  close();
                  action.act();
                }}
              >
                {action.label}
              </MenuItem>
            ),
        )}
      </Menu>
    </>
  );
};
