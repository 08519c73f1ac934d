import { get } from 'react-hook-form';
import { GrantType } from 'backstage-plugin-datasource-auth-common';
import Typography from '@material-ui/core/Typography';
import { FIELDS, GRANTS_ON_PAGE, Way } from '../kinds';
import { EditorValues, WAY } from '../settings/settingsForm';
import { useText } from '../translation';

/** Props of {@link RegistrationSteps}. */
export interface RegistrationStepsProps {
  /** The form that says how the API authenticates. */
  values: EditorValues;
  /** Replaces the last step. */
  finish?: string;
}

function stepsOf(values: EditorValues) {
  const way: Way = get(values, WAY);
  const grantType: GrantType = get(values, FIELDS.grantType.path);
  return way === 'oauth2' ? GRANTS_ON_PAGE[grantType].steps : way;
}

/** The setup in three steps, for first-time users. They depend on how the API authenticates. */
export const RegistrationSteps = ({
  values,
  finish,
}: RegistrationStepsProps) => {
  const t = useText();
  const steps = stepsOf(values);
  return (
    <Typography
      component="ol"
      variant="body2"
      paragraph
      aria-label={t('editor.steps.label')}
    >
      <li>{t(`editor.steps.${steps}.prepare`)}</li>
      <li>{t(`editor.steps.${steps}.enter`)}</li>
      <li>{finish ?? t(`editor.steps.${steps}.finish`)}</li>
    </Typography>
  );
};
