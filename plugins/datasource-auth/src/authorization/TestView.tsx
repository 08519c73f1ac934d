import { useEffect } from 'react';
import {
  DateTime,
  useBackendText,
} from 'backstage-plugin-datasource-auth-react';
import Box from '@material-ui/core/Box';
import Typography from '@material-ui/core/Typography';
import { TestResult, TestStep } from 'backstage-plugin-datasource-auth-common';
import { Running, useAnnounce } from '../frame';
import { useText } from '../translation';
import { FailureView, FormRepairs } from '../failures/FailureView';
import { AuthorizationPanelModel } from './useAuthorizationPanel';

/** Props of {@link TestView}. */
export interface TestViewProps {
  panel: Pick<AuthorizationPanelModel, 'testing' | 'testResult'>;
  /** The last test of the saved datasource, if it failed. Shown until there is a newer one. */
  saved?: TestResult;
  /** Actions on the form that can fix a failure. */
  repairs?: FormRepairs;
  /** Label of the secret that the tested token wasn't obtained with. */
  untried?: string;
}

const SIGNS = { ok: '✓', notOk: '✗', notRun: '–' };

function outcomeOf({ step, ok }: TestStep, { status }: TestResult) {
  if (!ok) return 'notOk';
  return step === 'call' && status === undefined ? 'notRun' : 'ok';
}

const Result = (props: { result: TestResult; repairs?: FormRepairs }) => {
  const { result, repairs } = props;
  const t = useText();
  const backend = useBackendText();
  return (
    <>
      <Typography
        component="ul"
        variant="body2"
        style={{ listStyle: 'none', paddingLeft: 0, margin: 0 }}
      >
        {result.steps.map((step, index) => (
          <li key={`${step.step}-${index}`}>
            <span
              role="img"
              aria-label={t(`panel.testResult.${outcomeOf(step, result)}`)}
            >
              {SIGNS[outcomeOf(step, result)]}
            </span>{' '}
            <strong>{t(`panel.testResult.step.${step.step}`)}</strong>{' '}
            {backend(step.texts, step.message)}
            {step.diagnosis && (
              <FailureView failure={step.diagnosis} repairs={repairs} />
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
    </>
  );
};

/**
 * Shows the steps of a connection test, and the status, type, and size of the response, but never its body. Empty
 * before the first test.
 */
export const TestView = ({ panel, saved, repairs, untried }: TestViewProps) => {
  const t = useText();
  const backend = useBackendText();
  const announce = useAnnounce();
  const { testing, testResult } = panel;
  useEffect(() => {
    if (!testResult) return;
    const fault = testResult.steps.find(step => !step.ok);
    let passed: string = t('panel.testResult.passed');
    if (testResult.status === undefined)
      passed = testResult.steps
        .map(step => backend(step.texts, step.message))
        .join(' ');
    else if (untried)
      passed = t('panel.testResult.passedBefore', { label: untried });
    announce(
      fault
        ? t('panel.testResult.failed', {
            reason: fault.diagnosis
              ? backend(fault.diagnosis.texts.title, fault.diagnosis.title)
              : backend(fault.texts, fault.message),
          })
        : passed,
    );
  }, [announce, backend, t, testResult, untried]);
  const shown = testResult ?? (testing ? undefined : saved);
  if (!testing && !shown) return null;
  return (
    <Box component="section" mt={2} aria-label={t('panel.testResult.heading')}>
      <Typography variant="subtitle2" component="h4" gutterBottom>
        {t('panel.testResult.heading')}
        {shown && shown === saved && (
          <>
            {' · '}
            <DateTime value={saved.testedAt} />
          </>
        )}
      </Typography>
      {testing && <Running text={t('panel.testResult.running')} />}
      {shown && <Result result={shown} repairs={repairs} />}
    </Box>
  );
};
