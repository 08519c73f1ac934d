import { Link } from '@backstage/core-components';
import { GrantType, Preset } from 'backstage-plugin-datasource-auth-common';
import Typography from '@material-ui/core/Typography';
import { GRANTS_ON_PAGE } from '../kinds';
import { CopyButton, useElementId } from '../frame';
import { useText } from '../translation';

/** Props of {@link RegistrationChecklist}. */
export interface RegistrationChecklistProps {
  preset: Preset;
  grantType: GrantType;
  callbackUrl?: string;
}

/** The steps to register an application at the provider, with values to copy. */
export const RegistrationChecklist = (props: RegistrationChecklistProps) => {
  const { preset, grantType, callbackUrl } = props;
  const t = useText();
  const id = useElementId();
  const { title, registration, source, lastVerified } = preset;
  const name = t('gallery.applicationNameValue');
  return (
    <section aria-labelledby={id} style={{ overflowWrap: 'anywhere' }}>
      <Typography id={id} variant="h6" component="h3">
        {t('gallery.register')}
      </Typography>
      {registration.url && (
        <Link to={registration.url}>
          {t('gallery.registrationPage', { title })}
        </Link>
      )}
      <Typography component="ol" variant="body2" aria-labelledby={id}>
        {registration.steps.map(step => (
          <li key={step}>{step}</li>
        ))}
        <li>
          {t('gallery.applicationName')}: <code>{name}</code>
          <CopyButton text={name} what={t('gallery.applicationName')} />
        </li>
        <li>
          {t('gallery.registerGrant', { grant: t(`grant.${grantType}`) })}
        </li>
        {GRANTS_ON_PAGE[grantType].hasRedirectUri && callbackUrl && (
          <li>
            {t('editor.redirectUri')}: <code>{callbackUrl}</code>
            <CopyButton
              text={callbackUrl}
              what={t('editor.redirectUri')}
            />{' '}
            {t('editor.redirectUriHint')}
          </li>
        )}
        {registration.scopes.length > 0 && (
          <li>
            {t('gallery.scopes')}
            <ul aria-label={t('gallery.scopes')}>
              {registration.scopes.map(({ scope, description }) => (
                <li key={scope}>
                  <code>{scope}</code>
                  <CopyButton
                    text={scope}
                    what={t('gallery.scope', { scope })}
                  />{' '}
                  {description}
                </li>
              ))}
            </ul>
          </li>
        )}
      </Typography>
      <Typography variant="body2" paragraph>
        <Link to={source}>{t('gallery.source', { title })}</Link>{' '}
        {t('gallery.verified', { date: lastVerified })}
      </Typography>
    </section>
  );
};
