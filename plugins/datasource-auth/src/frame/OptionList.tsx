import { ReactNode } from 'react';
import { makeStyles } from '@material-ui/core/styles';
import CheckedIcon from '@material-ui/icons/CheckBox';
import UncheckedIcon from '@material-ui/icons/CheckBoxOutlineBlank';

const useStyles = makeStyles(theme => ({
  list: {
    ...theme.typography.body2,
    margin: 0,
    padding: theme.spacing(0.5, 0),
    maxHeight: 216,
    overflowY: 'auto',
    listStyle: 'none',
  },
  option: {
    display: 'flex',
    alignItems: 'center',
    minHeight: 36,
    padding: theme.spacing(0.5, 1.5),
    cursor: 'pointer',
    overflowWrap: 'anywhere',
    '&:hover': { backgroundColor: theme.palette.action.hover },
  },
  active: {
    backgroundColor: theme.palette.action.selected,
    // Colors disappear in forced-colors mode, outlines don't.
    outline: `2px solid ${theme.palette.primary.main}`,
    outlineOffset: -2,
  },
  icon: { flexShrink: 0, marginRight: theme.spacing(1) },
  detail: { color: theme.palette.text.secondary, marginLeft: theme.spacing(1) },
}));

/** An option of a list. */
export interface ListOption {
  value: string;
  label: ReactNode;
  /** More about it, after its label. */
  detail?: string;
  selected?: boolean;
}

/** Returns the element ID of an option. */
export function optionId(listId: string, index: number): string {
  return `${listId}-${index}`;
}

/** Props of {@link OptionList}. */
export interface OptionListProps {
  id: string;
  /** Accessible name. */
  label: string;
  options: ListOption[];
  /** Index of the option that the keyboard is on, or -1. */
  active: number;
  /** Whether several options can be selected; they are shown with checkboxes. */
  multiple?: boolean;
  onPick: (index: number) => void;
}

/** Options that a text field controls, which keeps the focus. */
export const OptionList = (props: OptionListProps) => {
  const { id, label, options, active, multiple = false, onPick } = props;
  const classes = useStyles();
  return (
    <ul
      id={id}
      role="listbox"
      aria-label={label}
      aria-multiselectable={multiple}
      className={classes.list}
    >
      {options.map((option, index) => {
        const Icon = option.selected ? CheckedIcon : UncheckedIcon;
        return (
          // eslint-disable-next-line jsx-a11y/click-events-have-key-events -- the text field handles the keys
          <li
            key={option.value}
            id={optionId(id, index)}
            role="option"
            aria-selected={Boolean(option.selected)}
            className={`${classes.option} ${
              index === active ? classes.active : ''
            }`}
            onMouseDown={event => event.preventDefault()}
            onClick={() => onPick(index)}
          >
            {multiple && (
              <Icon
                className={classes.icon}
                fontSize="small"
                color={option.selected ? 'primary' : 'inherit'}
              />
            )}
            <span>{option.label}</span>
            {option.detail && (
              <span className={classes.detail}>{option.detail}</span>
            )}
          </li>
        );
      })}
    </ul>
  );
};
