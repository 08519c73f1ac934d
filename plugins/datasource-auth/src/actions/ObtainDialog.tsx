import Dialog from '@material-ui/core/Dialog';
import DialogActions from '@material-ui/core/DialogActions';
import DialogContent from '@material-ui/core/DialogContent';
import DialogTitle from '@material-ui/core/DialogTitle';
import { PanelBody } from '../authorization/PanelBody';
import { TestView } from '../authorization/TestView';
import { AuthorizationPanelModel } from '../authorization/useAuthorizationPanel';
import { useElementId, SafeButton } from '../frame';
import { useText } from '../translation';
import { CommitTarget } from './useCommitPanel';

/** Props of {@link ObtainDialog}. */
export interface ObtainDialogProps {
  target: CommitTarget;
  title: string;
  panel: AuthorizationPanelModel;
  onClose: () => void;
}

const BUSY = ['waiting', 'starting', 'blocked'];

/** Shows progress and result of getting a credential or testing a connection in the list, with the panel's texts. */
export const ObtainDialog = (props: ObtainDialogProps) => {
  const { target, title, panel, onClose } = props;
  const t = useText();
  const id = useElementId();
  const busy = BUSY.includes(panel.state.kind);
  const close = () => {
    if (busy) panel.cancel();
    onClose();
  };
  const testing = panel.testing || panel.testResult;
  return (
    <Dialog open onClose={close} aria-labelledby={`${id}-title`}>
      <DialogTitle id={`${id}-title`}>
        {t(testing ? 'list.testTitle' : 'list.obtainTitle', { title })}
      </DialogTitle>
      <DialogContent>
        {testing ? (
          <TestView panel={panel} />
        ) : (
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
