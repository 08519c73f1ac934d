import { useNavigate } from 'react-router-dom';
import {
  isClientCertificate,
  openApiDraft,
} from 'backstage-plugin-datasource-auth-common';
import Button from '@material-ui/core/Button';
import { makeStyles } from '@material-ui/core/styles';
import { Notice, usePaths } from '../frame';
import { useText } from '../translation';
import { isOffered, wayName, waysOfKeys } from './importWays';
import { importStartState } from './importStart';
import { LeftOut } from './LeftOut';
import { OriginsTable } from './OriginsTable';
import { ServerChoice } from './ServerChoice';
import { StepFrame } from './StepFrame';
import { OpenApiImporting } from './useOpenApiImport';

// No higher than the surrounding line.
const useStyles = makeStyles({ inline: { margin: '-5px 0' } });

/** Shows the settings for the editor with their sources, and the choice of server and variables. */
export const ReviewStep = ({ importing }: { importing: OpenApiImporting }) => {
  const { proposal, ways, chosen, choice, change, steps, back, goTo } =
    importing;
  const t = useText();
  const classes = useStyles();
  const paths = usePaths();
  const navigate = useNavigate();
  if (!proposal || !chosen || !choice) return null;
  const { settings, origins } = openApiDraft(proposal, choice);
  const { issuer, missing = [], preset } = chosen.oauth?.flow ?? {};
  const keys = chosen.keys ?? chosen.oauth?.scheme.keys ?? [];
  const secrets = keys.filter(key => !isClientCertificate(key));
  const needsCertificate = keys.some(isClientCertificate);
  const usable = ways.filter(isOffered).length;
  const others = usable - (isOffered(chosen) ? 1 : 0);
  return (
    <StepFrame
      step="review"
      steps={steps}
      next={t('openapi.continue')}
      onNext={() =>
        navigate(paths.connect, {
          state: importStartState(
            proposal,
            settings,
            [
              (chosen.oauth || secrets.length > 0 || !needsCertificate) &&
                t(
                  chosen.oauth
                    ? 'openapi.review.nothingSaved'
                    : 'openapi.review.nothingSavedYet',
                ),
              needsCertificate && t('openapi.review.certificate'),
            ]
              .filter(Boolean)
              .join(' '),
          ),
        })
      }
      onBack={back}
    >
      {others > 0 && (
        <Notice severity="info">
          {isOffered(chosen)
            ? t('openapi.review.ways', {
                number: String(usable),
                way: wayName(t, chosen),
              })
            : t('openapi.review.noWay')}{' '}
          <Button
            size="small"
            color="primary"
            className={classes.inline}
            onClick={() => goTo('scheme')}
          >
            {t('openapi.review.otherFlow')}
          </Button>
        </Notice>
      )}
      <ServerChoice proposal={proposal} choice={choice} onChange={change} />
      <OriginsTable origins={origins} />
      {missing.length > 0 && (
        <Notice severity="warning">
          {t('openapi.review.missing', { names: missing.join(', ') })}
        </Notice>
      )}
      {preset && (
        <Notice severity="info">
          {t('openapi.review.preset', {
            title: preset.title,
            url: preset.settings.auth.authorize?.url ?? '',
          })}
        </Notice>
      )}
      {issuer && <Notice severity="info">{t('openapi.review.issuer')}</Notice>}
      {secrets.length > 0 && (
        <Notice severity="info">
          {t('openapi.review.secrets', { way: waysOfKeys(t, secrets) })}
        </Notice>
      )}
      {needsCertificate && (
        <Notice severity="warning">{t('openapi.review.certificate')}</Notice>
      )}
      {!chosen.oauth && !chosen.keys && (
        <Notice severity="warning">{t('openapi.scheme.otherRemark')}</Notice>
      )}
      <LeftOut proposal={proposal} />
    </StepFrame>
  );
};
