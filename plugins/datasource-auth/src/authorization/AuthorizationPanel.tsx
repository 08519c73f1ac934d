import { Ref, useState } from 'react';
import { StatusMarker } from 'backstage-plugin-datasource-auth-react';
import Box from '@material-ui/core/Box';
import Paper from '@material-ui/core/Paper';
import Typography from '@material-ui/core/Typography';
import {
  DatasourceState,
  DatasourceStatus,
  GrantType,
  ProposedFix,
} from 'backstage-plugin-datasource-auth-common';
import { CopyButton, Notice, ReasonButton, useElementId } from '../frame';
import { RehearsalView } from '../rehearsal/RehearsalView';
import { RequestsSection } from '../requests/RequestsSection';
import { useText } from '../translation';
import { ClearCredentialDialog } from './ClearCredentialDialog';
import { PanelBody } from './PanelBody';
import { hasCredential, PanelState } from './panelState';
import { TestResultView } from './TestResultView';
import { AuthorizationPanelModel } from './useAuthorizationPanel';

/** Props of {@link AuthorizationPanel}. */
export interface AuthorizationPanelProps {
  panel: AuthorizationPanelModel;
  grantType: GrantType;
  title: string;
  saved?: DatasourceStatus;
  consumers?: '*' | string[];
  redirectUri?: string;
  /** Good news that stays until the next step. */
  banner?: string;
  /** `onSave` in the editor; `immediate` on the page of a saved datasource. */
  effect: 'onSave' | 'immediate';
  mayAuthorize: boolean;
  mayClear: boolean;
  /** Whether somebody else can be asked to authorize what is saved. */
  mayAsk?: boolean;
  /** Why nobody can be asked now. */
  askReason?: string;
  /** Changed scopes do not end a credential, but are not in it either. */
  scopesChanged?: boolean;
  onApplyFix?: (fix: ProposedFix) => void;
  onClear: (revoke: boolean) => void;
  /** The saved credential was renewed on demand. */
  onRehearsed?: () => void;
  headingRef?: Ref<HTMLHeadingElement>;
}

/** The marker of each state; while an attempt runs, that of what is saved. */
function markerOf(
  state: PanelState,
  saved?: DatasourceStatus,
): DatasourceState {
  switch (state.kind) {
    case 'incomplete':
      return 'NOT_CONFIGURED';
    case 'staged':
    case 'saved':
      return 'AUTHORIZED';
    case 'error':
      return state.failure ? saved?.state ?? 'ERROR' : 'ERROR';
    case 'starting':
    case 'waiting':
    case 'blocked':
      return saved?.state ?? 'NOT_AUTHORIZED';
    default:
      return 'NOT_AUTHORIZED';
  }
}

const NOT_SAVED = ['staged', 'outOfDate', 'clearStaged'];

/** The state of the credential and everything that can be done with it. Renders; {@link useAuthorizationPanel} knows. */
export const AuthorizationPanel = (props: AuthorizationPanelProps) => {
  const { panel, grantType, saved, redirectUri, banner, effect, headingRef } =
    props;
  const { state } = panel;
  const t = useText();
  const headingId = useElementId();
  const [clearing, setClearing] = useState(false);

  const byPerson = grantType === 'authorization_code';
  const busy = state.kind === 'waiting' || state.kind === 'starting';
  const action = t(byPerson ? 'panel.getCredential' : 'panel.getToken');
  const retry = state.kind === 'error' && Boolean(state.failure);
  const obtainLabel = retry ? t('panel.tryAgain') : action;

  const incomplete =
    state.kind === 'incomplete'
      ? t('panel.fillIn', { labels: state.missing.join(', ') })
      : undefined;
  const obtainReason = props.mayAuthorize
    ? incomplete
    : t('panel.mayNotAuthorize');

  let testReason: string | undefined = obtainReason;
  const testable = ['staged', 'saved', 'error'].includes(state.kind);
  if (!testReason && byPerson && !testable && !hasCredential(saved))
    testReason = t('panel.testNeedsCredential');

  const clearable =
    props.mayClear &&
    !busy &&
    state.kind !== 'clearStaged' &&
    (panel.unsaved || hasCredential(saved));
  const rehearsable =
    hasCredential(saved) &&
    (state.kind === 'saved' || (state.kind === 'error' && !state.failure));
  const primary = !['saved', 'staged'].includes(state.kind);

  return (
    <Paper variant="outlined" component="section" aria-labelledby={headingId}>
      <Box p={2}>
        <Box
          display="flex"
          flexWrap="wrap"
          alignItems="center"
          mb={1}
          style={{ gap: 8 }}
        >
          <Box flexGrow={1}>
            <Typography
              id={headingId}
              ref={headingRef}
              tabIndex={-1}
              variant="h6"
              component="h3"
            >
              {t('panel.heading')}
            </Typography>
          </Box>
          <StatusMarker
            state={markerOf(state, saved)}
            notSaved={effect === 'onSave' && NOT_SAVED.includes(state.kind)}
          />
        </Box>
        {banner && <Notice severity="success">{banner}</Notice>}
        <PanelBody
          panel={panel}
          grantType={grantType}
          saved={saved}
          consumers={props.consumers}
          onApplyFix={props.onApplyFix}
        />
        {props.scopesChanged && state.kind !== 'incomplete' && (
          <Notice severity="warning">{t('panel.scopesChanged')}</Notice>
        )}
        {panel.testResult && (
          <TestResultView
            result={panel.testResult}
            onApplyFix={props.onApplyFix}
          />
        )}
        <Box display="flex" flexWrap="wrap" mt={2} style={{ gap: 8 }}>
          {busy && (
            <ReasonButton variant="outlined" onClick={panel.cancel}>
              {t('panel.cancel')}
            </ReasonButton>
          )}
          {state.kind === 'clearStaged' && (
            <ReasonButton
              variant="contained"
              color="primary"
              onClick={panel.undoClear}
            >
              {t('panel.undoClear')}
            </ReasonButton>
          )}
          {!busy && (
            <ReasonButton
              variant={primary ? 'contained' : 'outlined'}
              color="primary"
              aria-label={
                byPerson
                  ? t('panel.newWindow', { action: obtainLabel })
                  : undefined
              }
              reason={obtainReason}
              reasonHidden={state.kind === 'incomplete'}
              onClick={panel.obtain}
            >
              {obtainLabel}
            </ReasonButton>
          )}
          {!busy && (
            <ReasonButton
              variant="outlined"
              reason={
                panel.testing ? t('panel.testResult.running') : testReason
              }
              reasonHidden={!panel.testing}
              onClick={panel.test}
            >
              {t('panel.test')}
            </ReasonButton>
          )}
          {clearable && (
            <ReasonButton onClick={() => setClearing(true)}>
              {t('panel.clear')}
            </ReasonButton>
          )}
        </Box>
        {panel.datasource && !panel.unsaved && (
          <RehearsalView
            datasource={panel.datasource}
            offered={rehearsable}
            reason={props.mayAuthorize ? undefined : t('panel.mayNotAuthorize')}
            onRehearsed={props.onRehearsed}
          />
        )}
        {panel.datasource && byPerson && props.mayAsk && (
          <RequestsSection
            datasource={panel.datasource}
            title={props.title}
            reason={props.askReason ?? incomplete}
          />
        )}
        {byPerson && redirectUri && (
          <Box mt={2} display="flex" alignItems="center">
            <Typography variant="caption">
              {t('panel.redirectHint', { uri: redirectUri })}
            </Typography>
            <CopyButton text={redirectUri} what={t('editor.redirectUri')} />
          </Box>
        )}
      </Box>
      {clearing && (
        <ClearCredentialDialog
          name={panel.datasource}
          title={props.title}
          effect={effect}
          onKeep={() => setClearing(false)}
          onClear={revoke => {
            setClearing(false);
            props.onClear(revoke);
          }}
        />
      )}
    </Paper>
  );
};
