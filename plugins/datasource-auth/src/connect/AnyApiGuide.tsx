import Typography from '@material-ui/core/Typography';
import { RegistrationSteps } from '../editor/RegistrationSteps';
import { EditorValues } from '../settings/settingsForm';
import { useText } from '../translation';
import { RedirectUriBox } from './RedirectUriBox';

/** Props of {@link AnyApiGuide}. */
export interface AnyApiGuideProps {
  values: EditorValues;
  redirectUri?: string;
}

/** What to do at the provider of an API without a preset. */
export const AnyApiGuide = ({ values, redirectUri }: AnyApiGuideProps) => {
  const t = useText();
  return (
    <section>
      <Typography variant="h6" component="h3" gutterBottom>
        {t('connect.atProvider')}
      </Typography>
      <RegistrationSteps values={values} finish={t('connect.finish')} />
      {redirectUri && <RedirectUriBox redirectUri={redirectUri} />}
    </section>
  );
};
