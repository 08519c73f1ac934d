import { useFormContext } from 'react-hook-form';
import Box from '@material-ui/core/Box';
import Button from '@material-ui/core/Button';
import ButtonGroup from '@material-ui/core/ButtonGroup';
import FormLabel from '@material-ui/core/FormLabel';
import { Theme } from '@material-ui/core/styles';
import Typography from '@material-ui/core/Typography';
import useMediaQuery from '@material-ui/core/useMediaQuery';
import {
  GRANT_TYPES,
  GRANTS,
  GrantType,
} from 'backstage-plugin-datasource-auth-common';
import { GRANTS_ON_PAGE } from '../kinds';
import { Notice, useElementId } from '../frame';
import { useText } from '../translation';
import { withGrantType } from '../settings/settingsForm';
import { useEditorFacts } from './EditorContext';
import { useSetting } from './useSetting';

/** Selects the grant. Input for other grants is kept. */
export const GrantTypeSetting = () => {
  const t = useText();
  const labelId = useElementId();
  const narrow = useMediaQuery<Theme>(({ breakpoints }) =>
    breakpoints.down('xs'),
  );
  const { passwordGrantEnabled } = useEditorFacts();
  const setting = useSetting<GrantType>('grantType');
  const chosen = setting.value;
  const { warning } = GRANTS_ON_PAGE[chosen];
  const { getValues, setValue } = useFormContext();
  const choose = (grant: GrantType) => {
    for (const [path, value] of Object.entries(
      withGrantType(getValues(), grant),
    ))
      setValue(path, value, { shouldDirty: true });
  };
  const offered = GRANT_TYPES.filter(
    grant =>
      !GRANTS[grant].canBeDisabled || passwordGrantEnabled || chosen === grant,
  );
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
        // Side by side, they would be wider than a phone.
        orientation={narrow ? 'vertical' : 'horizontal'}
      >
        {offered.map(grant => (
          <Button
            key={grant}
            id={grant === chosen ? setting.elementId : undefined}
            aria-pressed={grant === chosen}
            variant={grant === chosen ? 'contained' : 'outlined'}
            onClick={() => choose(grant)}
          >
            {t(`grant.${grant}`)}
          </Button>
        ))}
      </ButtonGroup>
      <Box my={1}>
        <Typography variant="body2">
          {t(`editor.grantSentence.${chosen}`)}
        </Typography>
      </Box>
      {warning && <Notice severity="warning">{t(warning)}</Notice>}
    </>
  );
};
