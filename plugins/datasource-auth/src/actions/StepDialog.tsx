import useAsync from 'react-use/esm/useAsync';
import { useApi } from '@backstage/core-plugin-api';
import { datasourceAuthApiRef } from 'backstage-plugin-datasource-auth-react';
import Dialog from '@material-ui/core/Dialog';
import DialogActions from '@material-ui/core/DialogActions';
import DialogContent from '@material-ui/core/DialogContent';
import DialogTitle from '@material-ui/core/DialogTitle';
import { PanelBody } from '../authorization/PanelBody';
import { TestView } from '../authorization/TestView';
import { untriedSecret } from '../authorization/untriedSecret';
import { AuthorizationPanelModel } from '../authorization/useAuthorizationPanel';
import { Notice, SafeButton, useElementId } from '../frame';
import { RehearsalView } from '../rehearsal/RehearsalView';
import { Rehearsal } from '../rehearsal/useRehearsal';
import { useText } from '../translation';
import { CommitTarget } from './useCommitPanel';

/** What the dialog shows: getting a credential, testing the connection, or refreshing the credential. */
export type DialogStep = 'obtain' | 'test' | 'renew';

const TITLES = {
  obtain: 'list.obtainTitle',
  test: 'list.testTitle',
  renew: 'list.renewTitle',
} as const satisfies Record<DialogStep, string>;

/** Props of {@link StepDialog}. */
export interface StepDialogProps {
  step: DialogStep;
  target: CommitTarget;
  title: string;
  panel: AuthorizationPanelModel;
  rehearsal: Rehearsal;
  onClose: () => void;
}

const BUSY = ['waiting', 'starting', 'blocked'];

/** Shows progress and result of a step in the list, with the panel's texts. */
export const StepDialog = (props: StepDialogProps) => {
  const { step, target, title, panel, rehearsal, onClose } = props;
  const t = useText();
  const id = useElementId();
  const api = useApi(datasourceAuthApiRef);
  // A row of the list doesn't know when secrets were entered.
  const { value: untried } = useAsync(
    async () =>
      step === 'test'
        ? untriedSecret(await api.getDatasource(target.name))
        : undefined,
    [api, step, target.name],
  );
  const untriedLabel = untried && t(`field.${untried.id}`);
  const busy = BUSY.includes(panel.state.kind);
  const close = () => {
    if (busy) panel.cancel();
    onClose();
  };
  const tested = panel.testing || panel.testResult;
  return (
    <Dialog open onClose={close} aria-labelledby={`${id}-title`}>
      <DialogTitle id={`${id}-title`}>{t(TITLES[step], { title })}</DialogTitle>
      <DialogContent>
        {untriedLabel && (
          <Notice severity="warning">
            {t('panel.untriedSecret', { label: untriedLabel })}
          </Notice>
        )}
        {step === 'test' && tested && (
          <TestView panel={panel} untried={untriedLabel} />
        )}
        {step === 'renew' && <RehearsalView rehearsal={rehearsal} />}
        {(step === 'obtain' || (step === 'test' && !tested)) && (
          <PanelBody
            panel={panel}
            grantType={target.grantType}
            saved={target.status}
          />
        )}
      </DialogContent>
      <DialogActions>
        <SafeButton onClick={close}>
          {busy ? t('panel.cancel') : t('close')}
        </SafeButton>
      </DialogActions>
    </Dialog>
  );
};
