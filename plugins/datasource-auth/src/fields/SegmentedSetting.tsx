import { ReactNode } from 'react';
import Box from '@material-ui/core/Box';
import Button from '@material-ui/core/Button';
import ButtonGroup from '@material-ui/core/ButtonGroup';
import FormLabel from '@material-ui/core/FormLabel';
import { Theme } from '@material-ui/core/styles';
import Typography from '@material-ui/core/Typography';
import useMediaQuery from '@material-ui/core/useMediaQuery';
import { useElementId } from '../frame';

/** Props of {@link SegmentedSetting}. */
export interface SegmentedSettingProps<T extends string> {
  label: string;
  /** ID of the chosen button, to which errors lead. */
  elementId: string;
  options: readonly T[];
  chosen: T;
  nameOf: (option: T) => ReactNode;
  onChoose: (option: T) => void;
  /** Explains the chosen option. */
  sentence: ReactNode;
}

/** A setting with a few options, as a segmented control. */
export function SegmentedSetting<T extends string>(
  props: SegmentedSettingProps<T>,
) {
  const { options, chosen, nameOf, onChoose } = props;
  const labelId = useElementId();
  // Side by side, they would be wider than the page beside its menu.
  const narrow = useMediaQuery<Theme>(({ breakpoints }) =>
    breakpoints.down('sm'),
  );
  return (
    <>
      <Box mt={2} mb={1}>
        <FormLabel id={labelId} component="div">
          {props.label}
        </FormLabel>
      </Box>
      <ButtonGroup
        aria-labelledby={labelId}
        color="primary"
        orientation={narrow ? 'vertical' : 'horizontal'}
      >
        {options.map(option => (
          <Button
            key={option}
            id={option === chosen ? props.elementId : undefined}
            aria-pressed={option === chosen}
            variant={option === chosen ? 'contained' : 'outlined'}
            onClick={() => onChoose(option)}
          >
            {nameOf(option)}
          </Button>
        ))}
      </ButtonGroup>
      <Box my={1}>
        <Typography variant="body2">{props.sentence}</Typography>
      </Box>
    </>
  );
}
