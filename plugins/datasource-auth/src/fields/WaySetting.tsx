import { useFormContext, useWatch } from 'react-hook-form';
import Box from '@material-ui/core/Box';
import Button from '@material-ui/core/Button';
import ButtonGroup from '@material-ui/core/ButtonGroup';
import FormLabel from '@material-ui/core/FormLabel';
import { Theme } from '@material-ui/core/styles';
import Typography from '@material-ui/core/Typography';
import useMediaQuery from '@material-ui/core/useMediaQuery';
import { useElementId } from '../frame';
import { Way, WAY_NAMES } from '../kinds';
import { WAY, withWay } from '../settings/settingsForm';
import { useText } from '../translation';
import { useSetting } from './useSetting';

/** How the API authenticates, as a segmented control. What was typed for another way stays in the form. */
export const WaySetting = () => {
  const t = useText();
  const labelId = useElementId();
  const narrow = useMediaQuery<Theme>(({ breakpoints }) =>
    breakpoints.down('sm'),
  );
  const setting = useSetting<string>('authType');
  const chosen: Way = useWatch({ name: WAY });
  const { getValues, setValue } = useFormContext();
  const choose = (way: Way) => {
    for (const [path, value] of Object.entries(withWay(getValues(), way)))
      setValue(path, value, { shouldDirty: true });
  };
  return (
    <>
      <Box mt={2} mb={1}>
        <FormLabel id={labelId} component="div">
          {setting.label}
        </FormLabel>
      </Box>
      <ButtonGroup
        aria-labelledby={labelId}
        color="primary"
        orientation={narrow ? 'vertical' : 'horizontal'}
      >
        {WAY_NAMES.map(way => (
          <Button
            key={way}
            id={way === chosen ? setting.elementId : undefined}
            aria-pressed={way === chosen}
            variant={way === chosen ? 'contained' : 'outlined'}
            onClick={() => choose(way)}
          >
            {t(`way.${way}`)}
          </Button>
        ))}
      </ButtonGroup>
      <Box my={1}>
        <Typography variant="body2">
          {t(`editor.waySentence.${chosen}`)}
        </Typography>
      </Box>
    </>
  );
};
