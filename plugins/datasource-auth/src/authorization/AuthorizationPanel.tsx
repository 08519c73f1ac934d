import { Ref, useState } from 'react';
import {
  StatusMarker,
  useBackendText,
} from 'backstage-plugin-datasource-auth-react';
import Box from '@material-ui/core/Box';
import Paper from '@material-ui/core/Paper';
import Typography from '@material-ui/core/Typography';
import {
  DatasourceStatus,
  GrantOrKind,
  isApprovedByPerson,
  isHeldBySettings,
  TestResult,
} from 'backstage-plugin-datasource-auth-common';
import { Notice, useAnnounce, useElementId } from '../frame';
import { RehearsalView } from '../rehearsal/RehearsalView';
import { useRehearsal } from '../rehearsal/useRehearsal';
import { AskButton } from '../requests/AskButton';
import { RequestsSection } from '../requests/RequestsSection';
import { useAuthorizationRequests } from '../requests/useAuthorizationRequests';
import { useText } from '../translation';
import { ClearCredentialDialog } from './ClearCredentialDialog';
import { UnverifiedHint } from './UnverifiedHint';
import { FormRepairs } from '../failures/FailureView';
import { PanelBody } from './PanelBody';
import { PanelActions } from './PanelActions';
import { hasSecret, markerOf } from './panelState';
import { RedirectHint } from './RedirectHint';
import { StatusFacts } from './StatusFacts';
import { TestView } from './TestView';
import { AuthorizationPanelModel } from './useAuthorizationPanel';

/** Props of {@link AuthorizationPanel}. */
export interface AuthorizationPanelProps {
  panel: AuthorizationPanelModel;
  grantType: GrantOrKind;
  title: string;
  saved?: DatasourceStatus;
  /** The last test of the saved datasource, if it failed. */
  failedTest?: TestResult;
  consumers?: '*' | string[];
  redirectUri?: string;
  /** Success message that stays until the next step. */
  banner?: string;
  mayAuthorize: boolean;
  mayClear: boolean;
  /** Whether an approval request can be sent for the saved datasource. */
  mayAsk?: boolean;
  /** Why no approval request can be sent now. */
  askReason?: string;
  /** Changed scopes don't invalidate a credential, but it doesn't include them. */
  scopesChanged?: boolean;
  /** Actions on the form that can fix a failure; absent if there is no form. */
  repairs?: FormRepairs;
  onClear: (revoke: boolean) => void;
  headingRef?: Ref<HTMLHeadingElement>;
}

const NOT_SAVED = ['staged', 'outOfDate', 'clearStaged'];

/** The provider has accepted the redirect URI. */
const OBTAINED = ['staged', 'saved'];

/** Shows the editor's credential and all actions on it. {@link useAuthorizationPanel} holds the state. */
export const AuthorizationPanel = (props: AuthorizationPanelProps) => {
  const { panel, grantType, saved, redirectUri, banner, headingRef } = props;
  const { state } = panel;
  const t = useText();
  const backend = useBackendText();
  const announce = useAnnounce();
  const headingId = useElementId();
  const [clearing, setClearing] = useState(false);

  const { rehearsal, rehearse } = useRehearsal({
    datasource: panel.datasource,
    onDone: result => announce(backend(result.texts, result.message)),
  });
  const byPerson = isApprovedByPerson(grantType);
  const askable = byPerson && props.mayAsk ? panel.datasource : undefined;
  const requests = useAuthorizationRequests(askable);
  const incomplete =
    state.kind === 'incomplete'
      ? t('panel.fillIn', { labels: state.missing.join(', ') })
      : undefined;

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
            notSaved={NOT_SAVED.includes(state.kind)}
          />
        </Box>
        {saved && state.kind === 'saved' && (
          <Box mb={1}>
            <StatusFacts status={saved} />
          </Box>
        )}
        {banner && <Notice severity="success">{banner}</Notice>}
        <PanelBody
          panel={panel}
          grantType={grantType}
          saved={saved}
          consumers={props.consumers}
          announced={Boolean(banner)}
          repairs={props.repairs}
        />
        {props.scopesChanged && state.kind !== 'incomplete' && (
          <Notice severity="warning">{t('panel.scopesChanged')}</Notice>
        )}
        <PanelActions
          panel={panel}
          byPerson={byPerson}
          isHeld={isHeldBySettings(grantType)}
          saved={saved}
          incomplete={incomplete}
          mayAuthorize={props.mayAuthorize}
          mayClear={props.mayClear && hasSecret(grantType)}
          rehearsing={rehearsal.kind === 'running'}
          onRehearse={rehearse}
          onClear={() => setClearing(true)}
        >
          {askable && (
            <AskButton
              datasource={askable}
              title={props.title}
              reason={props.askReason ?? incomplete}
              onAsked={requests.retry}
            />
          )}
        </PanelActions>
        {state.kind === 'saved' && (
          <UnverifiedHint status={saved} grantType={grantType} />
        )}
        <TestView
          panel={panel}
          saved={props.failedTest}
          repairs={props.repairs}
        />
        {!panel.unsaved && <RehearsalView rehearsal={rehearsal} />}
        <RequestsSection requests={requests} />
        {byPerson && redirectUri && !OBTAINED.includes(state.kind) && (
          <RedirectHint uri={redirectUri} />
        )}
      </Box>
      {clearing && (
        <ClearCredentialDialog
          name={panel.datasource}
          title={props.title}
          grantType={grantType}
          effect="onSave"
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
