import Box from '@material-ui/core/Box';
import Typography from '@material-ui/core/Typography';
import {
  ProposedFix,
  TestResult,
} from 'backstage-plugin-datasource-auth-common';
import { useText } from '../translation';
import { FailureView } from './FailureView';

/** Props of {@link TestResultView}. */
export interface TestResultViewProps {
  result: TestResult;
  onApplyFix?: (fix: ProposedFix) => void;
}

/** The steps of a connection test, and of the answer its status, type and size; never its body. */
export const TestResultView = ({ result, onApplyFix }: TestResultViewProps) => {
  const t = useText();
  return (
    <Box component="section" mt={2} aria-label={t('panel.testResult.heading')}>
      <Typography variant="subtitle2" component="h4">
        {t('panel.testResult.heading')}
      </Typography>
      <Typography
        component="ul"
        variant="body2"
        style={{ listStyle: 'none', paddingLeft: 0, margin: 0 }}
      >
        {result.steps.map((step, index) => (
          <li key={`${step.step}-${index}`}>
            <span
              role="img"
              aria-label={t(`panel.testResult.${step.ok ? 'ok' : 'notOk'}`)}
            >
              {step.ok ? '✓' : '✗'}
            </span>{' '}
            <strong>{t(`panel.testResult.step.${step.step}`)}</strong>{' '}
            {step.message}
            {step.diagnosis && (
              <FailureView failure={step.diagnosis} onApplyFix={onApplyFix} />
            )}
          </li>
        ))}
      </Typography>
      {result.status !== undefined && (
        <Typography variant="caption">
          {t('panel.testResult.answer', {
            status: String(result.status),
            contentType: result.contentType ?? '–',
            size: String(result.size ?? 0),
            duration: String(result.duration ?? 0),
          })}
        </Typography>
      )}
    </Box>
  );
};
