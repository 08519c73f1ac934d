import { Link } from '@backstage/core-components';
import { Preset, PresetWay } from 'backstage-plugin-datasource-auth-common';
import Typography from '@material-ui/core/Typography';
import { GRANTS_ON_PAGE } from '../kinds';
import { CopyButton, useElementId } from '../frame';
import { useText } from '../translation';
import { GuideLink } from './GuideLink';

/** Props of {@link RegistrationChecklist}. */
export interface RegistrationChecklistProps {
  preset: Preset;
  way: PresetWay;
  callbackUrl?: string;
}

/** The steps to register an application at the provider, with values to copy. */
export const RegistrationChecklist = (props: RegistrationChecklistProps) => {
  const { preset, way, callbackUrl } = props;
  const t = useText();
  const id = useElementId();
  const { title, registration, source, lastVerified } = preset;
  const { url, steps } =
    (way === 'static' ? registration.static : undefined) ?? registration;
  const name = t('gallery.applicationNameValue');
  const isApplication = way !== 'static';
  return (
    <section aria-labelledby={id} style={{ overflowWrap: 'anywhere' }}>
      <Typography id={id} variant="h6" component="h3">
        {t(isApplication ? 'gallery.register' : 'gallery.getKey')}
      </Typography>
      {url && (
        <Link to={url}>
          {t(isApplication ? 'gallery.registrationPage' : 'gallery.keyPage', {
            title,
          })}
        </Link>
      )}
      <Typography component="ol" variant="body2" aria-labelledby={id}>
        {steps.map(step => (
          <li key={step}>{step}</li>
        ))}
        {isApplication && (
          <>
            <li>
              {t('gallery.applicationName')}: <code>{name}</code>
              <CopyButton text={name} what={t('gallery.applicationName')} />
            </li>
            <li>{t('gallery.registerGrant', { grant: t(`grant.${way}`) })}</li>
          </>
        )}
        {isApplication && GRANTS_ON_PAGE[way].hasRedirectUri && callbackUrl && (
          <li>
            {t('editor.redirectUri')}: <code>{callbackUrl}</code>
            <CopyButton
              text={callbackUrl}
              what={t('editor.redirectUri')}
            />{' '}
            {t('editor.redirectUriHint')}
          </li>
        )}
        {isApplication && registration.scopes.length > 0 && (
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
        <GuideLink preset={preset} />{' '}
        <Link to={source}>{t('gallery.source', { title })}</Link>{' '}
        {t('gallery.verified', { date: lastVerified })}
      </Typography>
    </section>
  );
};
