import { useEffect, useRef, useState } from 'react';
import { useSearchParams } from 'react-router-dom';
import useAsync from 'react-use/esm/useAsync';
import { Progress } from '@backstage/core-components';
import { useApi } from '@backstage/core-plugin-api';
import { datasourceAuthApiRef } from 'backstage-plugin-datasource-auth-react';
import { Breadcrumbs } from '../frame/Breadcrumbs';
import { ENTITY_PARAMETER } from '../frame/paths';
import { ViewFrame } from '../frame';
import { useText } from '../translation';
import { ImportSteps } from './ImportSteps';
import { ReviewStep } from './ReviewStep';
import { SchemeStep } from './SchemeStep';
import { ScopesStep } from './ScopesStep';
import { NO_SOURCES, SourceStep } from './SourceStep';
import { useOpenApiImport } from './useOpenApiImport';

const ImportWizard = (props: {
  entityRef: string | null;
  passwordGrantEnabled: boolean;
}) => {
  const { entityRef, passwordGrantEnabled } = props;
  const importing = useOpenApiImport({ passwordGrantEnabled });
  const { step, steps, reading, fault, read } = importing;
  // Kept here rather than in the step, so that going back restores the input.
  const [given, setGiven] = useState(NO_SOURCES);
  const begun = useRef(false);
  useEffect(() => {
    if (!entityRef || begun.current) return;
    begun.current = true;
    // The API was chosen on another page, so start with the review of its suggested settings.
    read({ entityRef }, 'review');
  });
  return (
    <>
      <ImportSteps step={step} steps={steps} />
      {step === 'source' && (
        <SourceStep
          reading={reading}
          fault={fault}
          given={given}
          onGive={setGiven}
          onRead={read}
        />
      )}
      {step === 'scheme' && <SchemeStep importing={importing} />}
      {step === 'scopes' && <ScopesStep importing={importing} />}
      {step === 'review' && <ReviewStep importing={importing} />}
    </>
  );
};

/** The import of an API description, up to the editor. */
export const OpenApiPage = () => {
  const t = useText();
  const api = useApi(datasourceAuthApiRef);
  const [search] = useSearchParams();
  const { value: health, loading } = useAsync(
    // Without the health report, every grant is offered; Save still rejects a disabled one.
    () => api.getHealth().catch(() => undefined),
    [api],
  );
  const title = t('openapi.title');
  return (
    <ViewFrame
      title={title}
      subtitle={t('openapi.subtitle')}
      breadcrumbs={<Breadcrumbs last={title} />}
    >
      {loading ? (
        <Progress aria-label={t('openapi.reading')} />
      ) : (
        <ImportWizard
          entityRef={search.get(ENTITY_PARAMETER)}
          passwordGrantEnabled={health?.passwordGrantEnabled ?? true}
        />
      )}
    </ViewFrame>
  );
};
