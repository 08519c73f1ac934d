import {
  DateTime,
  useBackendText,
} from 'backstage-plugin-datasource-auth-react';
import { RehearsalResult } from 'backstage-plugin-datasource-auth-common';
import Box from '@material-ui/core/Box';
import Typography from '@material-ui/core/Typography';
import { FailureView } from '../failures/FailureView';
import { Notice, Running, useElementId } from '../frame';
import { useText } from '../translation';
import { Rehearsal } from './useRehearsal';

const SEVERITY = {
  rotated: 'success',
  unchanged: 'success',
  renewed: 'success',
  no_refresh_token: 'warning',
  failed: 'error',
} as const;

const Outcome = ({ result }: { result: RehearsalResult }) => {
  const t = useText();
  const backend = useBackendText();
  return (
    <>
      <Notice severity={SEVERITY[result.verdict]}>
        <Typography variant="body2">
          {backend(result.texts, result.message)}
        </Typography>
        <Typography variant="caption">
          {t('rehearsal.at', { time: <DateTime value={result.rehearsedAt} /> })}
        </Typography>
      </Notice>
      {result.diagnosis && <FailureView failure={result.diagnosis} />}
    </>
  );
};

/** Shows the result of a refresh rehearsal, or that it is running. */
export const RehearsalView = ({ rehearsal }: { rehearsal: Rehearsal }) => {
  const t = useText();
  const id = useElementId();
  if (rehearsal.kind === 'none') return null;
  return (
    <Box component="section" mt={2} aria-labelledby={id}>
      <Typography id={id} variant="subtitle2" component="h4" gutterBottom>
        {t('rehearsal.heading')}
      </Typography>
      {rehearsal.kind === 'running' && (
        <Running text={t('rehearsal.running')} />
      )}
      {rehearsal.kind === 'done' && <Outcome result={rehearsal.result} />}
      {rehearsal.kind === 'failed' && (
        <FailureView failure={rehearsal.failure} alert />
      )}
    </Box>
  );
};
