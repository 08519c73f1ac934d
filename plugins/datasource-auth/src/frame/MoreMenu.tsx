import { useState } from 'react';
import IconButton from '@material-ui/core/IconButton';
import Menu from '@material-ui/core/Menu';
import MenuItem from '@material-ui/core/MenuItem';
import MoreVertIcon from '@material-ui/icons/MoreVert';

/** Something that a menu offers. */
export interface MenuAction {
  label: string;
  act: () => void;
  /** Whether it is switched on; absent where it is nothing to be switched. */
  checked?: boolean;
}

/** Props of {@link MoreMenu}. */
export interface MoreMenuProps {
  label: string;
  /** What is false is not offered now. */
  actions: (MenuAction | false)[];
}

/** The button with the three dots, and the menu behind it. */
export const MoreMenu = ({ label, actions }: MoreMenuProps) => {
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
