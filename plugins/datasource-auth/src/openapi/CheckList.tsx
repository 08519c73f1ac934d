import { ReactNode } from 'react';
import FormControl from '@material-ui/core/FormControl';
import FormGroup from '@material-ui/core/FormGroup';
import FormLabel from '@material-ui/core/FormLabel';
import { makeStyles } from '@material-ui/core/styles';
import { LabelledCheckbox } from '../frame';

const useStyles = makeStyles(theme => ({
  group: {
    maxHeight: 420,
    overflowY: 'auto',
    flexWrap: 'nowrap',
    margin: theme.spacing(1, 0),
  },
  option: { overflowWrap: 'anywhere' },
}));

/** An option with a checkbox. */
export interface CheckOption {
  value: string;
  /** Name in the API description. */
  name: string;
  /** Additional information, with a separator after the name. */
  about?: string;
}

/** Props of {@link CheckList}. */
export interface CheckListProps {
  legend: ReactNode;
  options: CheckOption[];
  selected: string[];
  onSelect: (values: string[]) => void;
}

/** A list of checkboxes. */
export const CheckList = (props: CheckListProps) => {
  const { legend, options, selected, onSelect } = props;
  const classes = useStyles();
  return (
    <FormControl component="fieldset" fullWidth margin="normal">
      <FormLabel component="legend">{legend}</FormLabel>
      <FormGroup className={classes.group}>
        {options.map(({ value, name, about }) => (
          <LabelledCheckbox
            key={value}
            size="small"
            label={
              <span className={classes.option}>
                <code>{name}</code>
                {about}
              </span>
            }
            checked={selected.includes(value)}
            onChange={checked =>
              onSelect(
                checked
                  ? [...selected, value]
                  : selected.filter(other => other !== value),
              )
            }
          />
        ))}
      </FormGroup>
    </FormControl>
  );
};
