import { KeyboardEvent, useState } from 'react';
import Paper from '@material-ui/core/Paper';
import Popper from '@material-ui/core/Popper';
import { makeStyles } from '@material-ui/core/styles';
import TextField, { OutlinedTextFieldProps } from '@material-ui/core/TextField';
import { useText } from '../translation';
import { OptionList } from './OptionList';
import { useActiveOption } from './useActiveOption';
import { useUsersAndGroups } from './useUsersAndGroups';

const useStyles = makeStyles(theme => ({
  // Dialogs use it too.
  popper: { zIndex: theme.zIndex.modal + 1 },
}));

/** Props of {@link UserOrGroupField}. */
export interface UserOrGroupFieldProps
  extends Pick<
    OutlinedTextFieldProps,
    'error' | 'helperText' | 'InputLabelProps' | 'onBlur'
  > {
  id: string;
  label: string;
  /** The ref as typed or picked. */
  value: string;
  onChange: (value: string) => void;
}

/** Picks a user or group from the catalog by name or ref. Without a catalog, the ref can be typed. */
export const UserOrGroupField = (props: UserOrGroupFieldProps) => {
  const { id, label, value, onChange, onBlur, ...shown } = props;
  const t = useText();
  const classes = useStyles();
  const [field, setField] = useState<HTMLElement | null>(null);
  const [isWanted, setWanted] = useState(false);
  const found = useUsersAndGroups(value);
  const listId = `${id}-list`;
  const isOpen = isWanted && found.length > 0;

  const pick = (index: number) => {
    onChange(found[index].ref);
    setWanted(false);
  };
  const options = useActiveOption({
    listId,
    count: isOpen ? found.length : 0,
    // A typed name is a search. A ref needs no list.
    initially: value && !value.includes(':') ? 0 : undefined,
    onPick: pick,
  });
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'Escape' && isOpen) {
      // The dialog around it stays open.
      event.stopPropagation();
      setWanted(false);
    } else if (event.key === 'ArrowDown' && !isOpen) {
      event.preventDefault();
      setWanted(true);
    } else options.onKeyDown(event);
  };
  return (
    <>
      <TextField
        {...shown}
        id={id}
        label={label}
        fullWidth
        margin="normal"
        variant="outlined"
        size="small"
        value={value}
        InputProps={{ ref: setField }}
        inputProps={options.inputProps}
        onClick={() => setWanted(true)}
        onFocus={() => setWanted(true)}
        onBlur={event => {
          setWanted(false);
          onBlur?.(event);
        }}
        onChange={event => {
          onChange(event.target.value);
          setWanted(true);
          options.reset();
        }}
        onKeyDown={onKeyDown}
      />
      <Popper
        open={isOpen}
        anchorEl={field}
        placement="bottom-start"
        className={classes.popper}
        style={{ width: field?.clientWidth }}
      >
        <Paper elevation={4}>
          <OptionList
            id={listId}
            label={t('picker.usersAndGroups')}
            active={options.active}
            options={found.map(({ ref, name }) => ({
              value: ref,
              label: name ?? ref,
              detail: name && ref,
              selected: ref === value,
            }))}
            onPick={pick}
          />
        </Paper>
      </Popper>
    </>
  );
};
