import { DateTime } from 'backstage-plugin-datasource-auth-react';
import { RehearsalResult } from 'backstage-plugin-datasource-auth-common';
import Box from '@material-ui/core/Box';
import Typography from '@material-ui/core/Typography';
import { FailureView } from '../authorization/FailureView';
import { Notice, ReasonButton, useAnnounce, useElementId } from '../frame';
import { useText } from '../translation';
import { Rehearsal, useRehearsal } from './useRehearsal';

const SEVERITY = {
  rotated: 'success',
  unchanged: 'success',
  renewed: 'success',
  no_refresh_token: 'warning',
  failed: 'error',
} as const;

const Outcome = ({ result }: { result: RehearsalResult }) => {
  const t = useText();
  return (
    <>
      <Notice severity={SEVERITY[result.verdict]}>{result.message}</Notice>
      {result.diagnosis && <FailureView failure={result.diagnosis} />}
      <Typography variant="caption">
        {t('rehearsal.at', { time: <DateTime value={result.rehearsedAt} /> })}
      </Typography>
    </>
  );
};

const Shown = ({ rehearsal }: { rehearsal: Rehearsal }) => {
  const t = useText();
  const id = useElementId();
  if (rehearsal.kind !== 'done' && rehearsal.kind !== 'failed') return null;
  return (
    <Box component="section" mt={2} aria-labelledby={id}>
      <Typography id={id} variant="subtitle2" component="h4" gutterBottom>
        {t('rehearsal.heading')}
      </Typography>
      {rehearsal.kind === 'done' ? (
        <Outcome result={rehearsal.result} />
      ) : (
        <FailureView failure={rehearsal.failure} alert />
      )}
    </Box>
  );
};

/** Props of {@link RehearsalView}. */
export interface RehearsalViewProps {
  /** Name of the saved datasource. */
  datasource: string;
  /** Whether there is something to rehearse; what came of the last time stays. */
  offered: boolean;
  /** Why it cannot be rehearsed now. */
  reason?: string;
  /** The credential may be another one now. */
  onRehearsed?: () => void;
}

/** The button that renews a saved credential here and now, and what came of it. */
export const RehearsalView = (props: RehearsalViewProps) => {
  const { datasource, offered, reason, onRehearsed } = props;
  const t = useText();
  const announce = useAnnounce();
  const { rehearsal, rehearse } = useRehearsal({
    datasource,
    onDone: result => {
      announce(result.message);
      onRehearsed?.();
    },
  });
  const running = rehearsal.kind === 'running';
  return (
    <Box mt={2}>
      {offered && (
        <ReasonButton
          variant="outlined"
          title={t('rehearsal.hint')}
          reason={running ? t('rehearsal.running') : reason}
          onClick={rehearse}
        >
          {t('rehearsal.button')}
        </ReasonButton>
      )}
      <Shown rehearsal={rehearsal} />
    </Box>
  );
};
