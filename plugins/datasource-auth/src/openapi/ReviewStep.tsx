import { useNavigate } from 'react-router-dom';
import { openApiDraft } from 'backstage-plugin-datasource-auth-common';
import Button from '@material-ui/core/Button';
import { makeStyles } from '@material-ui/core/styles';
import { Notice, usePaths } from '../frame';
import { useText } from '../translation';
import { flowName } from './importFlows';
import { importStartState } from './importStart';
import { OriginsTable } from './OriginsTable';
import { ServerChoice } from './ServerChoice';
import { StepFrame } from './StepFrame';
import { OpenApiImporting } from './useOpenApiImport';

// No higher than the surrounding line.
const useStyles = makeStyles({ inline: { margin: '-5px 0' } });

/** Shows the settings for the editor with their sources, and the choice of server and variables. */
export const ReviewStep = ({ importing }: { importing: OpenApiImporting }) => {
  const { proposal, flows, chosen, choice, change, back, goTo } = importing;
  const t = useText();
  const classes = useStyles();
  const paths = usePaths();
  const navigate = useNavigate();
  if (!proposal || !chosen || !choice) return null;
  const { settings, origins } = openApiDraft(proposal, choice);
  const { issuer, missing, preset } = chosen.flow;
  const usable = flows.filter(({ unusable }) => !unusable).length;
  return (
    <StepFrame
      step="review"
      next={t('openapi.continue')}
      onNext={() =>
        navigate(paths.create, {
          state: importStartState(
            proposal,
            settings,
            t('openapi.review.nothingSaved'),
          ),
        })
      }
      onBack={back}
    >
      {usable > 1 && (
        <Notice severity="info">
          {t('openapi.review.flows', {
            number: String(usable),
            scheme: chosen.scheme.name,
            flow: flowName(t, chosen),
          })}{' '}
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
    </StepFrame>
  );
};
