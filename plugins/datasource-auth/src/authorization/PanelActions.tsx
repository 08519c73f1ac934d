import { ReactNode } from 'react';
import Box from '@material-ui/core/Box';
import Typography from '@material-ui/core/Typography';
import { DatasourceStatus } from 'backstage-plugin-datasource-auth-common';
import { ReasonButton } from '../frame';
import { useText } from '../translation';
import { hasCredential } from './panelState';
import { AuthorizationPanelModel } from './useAuthorizationPanel';

/** Props of {@link PanelActions}. */
export interface PanelActionsProps {
  panel: AuthorizationPanelModel;
  /** Whether the credential needs a person's approval. */
  byPerson: boolean;
  /** The settings hold the credential, so there is nothing to get. */
  isHeld?: boolean;
  saved?: DatasourceStatus;
  /** What a credential cannot be had without. */
  incomplete?: string;
  mayAuthorize: boolean;
  mayClear: boolean;
  rehearsing: boolean;
  onRehearse: () => void;
  onClear: () => void;
  /** Further actions. */
  children?: ReactNode;
}

/** All actions on the credential, in one row. */
export const PanelActions = (props: PanelActionsProps) => {
  const { panel, byPerson, saved, mayAuthorize, mayClear, rehearsing } = props;
  const { isHeld = false } = props;
  const { state } = panel;
  const t = useText();

  if (state.kind === 'waiting' || state.kind === 'starting')
    return (
      <Box mt={2}>
        <ReasonButton size="small" variant="outlined" onClick={panel.cancel}>
          {t('panel.cancel')}
        </ReasonButton>
      </Box>
    );

  const retry = state.kind === 'error' && Boolean(state.failure);
  const action = t(byPerson ? 'panel.getCredential' : 'panel.getToken');
  const obtainLabel = retry ? t('panel.tryAgain') : action;
  const undoable = state.kind === 'clearStaged';

  const reason = mayAuthorize ? props.incomplete : t('panel.mayNotAuthorize');
  let testReason: string | undefined = reason;
  const testable = ['staged', 'saved', 'error'].includes(state.kind);
  if (!testReason && byPerson && !testable && !hasCredential(saved))
    testReason = t('panel.testNeedsCredential');

  const clearable =
    mayClear && !undoable && (panel.unsaved || hasCredential(saved));
  const rehearsable =
    !isHeld &&
    panel.datasource &&
    !panel.unsaved &&
    hasCredential(saved) &&
    (state.kind === 'saved' || (state.kind === 'error' && !retry));
  // A refresh failed: retry it before asking for an approval.
  const renewAgain = rehearsable && state.kind === 'error';
  const primary =
    !renewAgain && !['saved', 'staged', 'clearStaged'].includes(state.kind);

  const renew = (
    <ReasonButton
      size="small"
      variant={renewAgain ? 'contained' : 'outlined'}
      color={renewAgain ? 'primary' : undefined}
      title={t('rehearsal.hint')}
      reason={rehearsing ? t('rehearsal.running') : reason}
      reasonHidden
      onClick={props.onRehearse}
    >
      {t(renewAgain ? 'panel.tryAgain' : 'rehearsal.button')}
    </ReasonButton>
  );

  return (
    <>
      {!mayAuthorize && (
        <Typography variant="body2" color="textSecondary">
          {t('panel.mayNotAuthorize')}
        </Typography>
      )}
      <Box display="flex" flexWrap="wrap" mt={2} style={{ gap: 8 }}>
        {undoable && (
          <ReasonButton
            size="small"
            variant="contained"
            color="primary"
            onClick={panel.undoClear}
          >
            {t('panel.undoClear')}
          </ReasonButton>
        )}
        {renewAgain && renew}
        {!isHeld && (
          <ReasonButton
            size="small"
            variant={primary ? 'contained' : 'outlined'}
            color="primary"
            aria-label={
              byPerson
                ? t('panel.newWindow', { action: obtainLabel })
                : undefined
            }
            reason={reason}
            reasonHidden
            onClick={panel.obtain}
          >
            {obtainLabel}
          </ReasonButton>
        )}
        <ReasonButton
          size="small"
          variant="outlined"
          reason={panel.testing ? t('panel.testResult.running') : testReason}
          reasonHidden
          onClick={panel.test}
        >
          {t('panel.test')}
        </ReasonButton>
        {rehearsable && !renewAgain && renew}
        {props.children}
        {clearable && (
          <ReasonButton size="small" onClick={props.onClear}>
            {t('panel.clear')}
          </ReasonButton>
        )}
      </Box>
    </>
  );
};
