import Typography from '@material-ui/core/Typography';
import { useText } from '../translation';

/** The setup in three steps, for first-time users. */
export const RegistrationSteps = () => {
  const t = useText();
  return (
    <Typography
      component="ol"
      variant="body2"
      paragraph
      aria-label={t('editor.steps.label')}
    >
      <li>{t('editor.steps.register')}</li>
      <li>{t('editor.steps.configure')}</li>
      <li>{t('editor.steps.obtain')}</li>
    </Typography>
  );
};
