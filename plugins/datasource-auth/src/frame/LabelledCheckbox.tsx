import { ReactNode } from 'react';
import Checkbox, { CheckboxProps } from '@material-ui/core/Checkbox';
import FormControlLabel from '@material-ui/core/FormControlLabel';

/** Props of {@link LabelledCheckbox}. */
export interface LabelledCheckboxProps
  extends Pick<CheckboxProps, 'id' | 'size' | 'inputProps' | 'onBlur'> {
  label: ReactNode;
  checked: boolean;
  onChange: (checked: boolean) => void;
}

/** A checkbox with its label. */
export const LabelledCheckbox = (props: LabelledCheckboxProps) => {
  const { label, onChange, ...rest } = props;
  return (
    <FormControlLabel
      label={label}
      control={
        <Checkbox
          color="primary"
          {...rest}
          onChange={event => onChange(event.target.checked)}
        />
      }
    />
  );
};
