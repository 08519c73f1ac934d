import { useNavigate } from 'react-router-dom';
import { openApiDraft } from 'backstage-plugin-datasource-auth-common';
import { Notice, usePaths } from '../frame';
import { useText } from '../translation';
import { importStartState } from './importStart';
import { OriginsTable } from './OriginsTable';
import { ServerChoice } from './ServerChoice';
import { StepFrame } from './StepFrame';
import { OpenApiImporting } from './useOpenApiImport';

/** What will stand in the editor and where it is from, with the server and the variables still to be chosen. */
export const ReviewStep = ({ importing }: { importing: OpenApiImporting }) => {
  const { proposal, chosen, choice, change, back } = importing;
  const t = useText();
  const paths = usePaths();
  const navigate = useNavigate();
  if (!proposal || !chosen || !choice) return null;
  const { settings, origins } = openApiDraft(proposal, choice);
  const { issuer, missing } = chosen.flow;
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
      <ServerChoice proposal={proposal} choice={choice} onChange={change} />
      <OriginsTable origins={origins} />
      {missing.length > 0 && (
        <Notice severity="warning">
          {t('openapi.review.missing', { names: missing.join(', ') })}
        </Notice>
      )}
      {issuer && <Notice severity="info">{t('openapi.review.issuer')}</Notice>}
    </StepFrame>
  );
};
