import { FormEvent, useState } from 'react';
import Button from '@material-ui/core/Button';
import Dialog from '@material-ui/core/Dialog';
import DialogActions from '@material-ui/core/DialogActions';
import DialogContent from '@material-ui/core/DialogContent';
import DialogTitle from '@material-ui/core/DialogTitle';
import FormControlLabel from '@material-ui/core/FormControlLabel';
import Switch from '@material-ui/core/Switch';
import TextField from '@material-ui/core/TextField';
import Typography from '@material-ui/core/Typography';
import {
  Connection,
  ConnectionDoubt,
  ConnectionForm,
  DatasourceAuthError,
} from 'backstage-plugin-datasource-auth-common';
import { useText } from '../translation/useText';
import { useBackendText } from '../translation/useBackendText';
import { useErrorText } from '../translation/useErrorText';
import { TermsList } from './TermsList';
import { Connecting } from './useConnectAttempt';

const USERNAME = 'auth.basic.username';
/** Labels of values that have no name of their own. */
const LABELS = {
  'auth.bearer': 'connection.enter.token',
  [USERNAME]: 'connection.enter.username',
  'auth.basic.password': 'connection.enter.password',
} as const;

/** Props of {@link EnterAccountDialog}. */
export interface EnterAccountDialogProps {
  connection: Connection;
  form: ConnectionForm;
  connecting: Connecting;
}

/**
 * Asks for the token or password with which plugins act as the user, shows what they agree to, and asks again about an
 * account that may not be theirs. What they type is sent once and kept nowhere in the browser.
 */
const EnterAccountDialog = (props: EnterAccountDialogProps) => {
  const { connection, form, connecting } = props;
  const { datasource, terms, state } = connection;
  const title = connection.title ?? datasource;
  const t = useText();
  const backend = useBackendText();
  const errorText = useErrorText();
  const [values, setValues] = useState<Record<string, string>>({});
  const [expiresAt, setExpiresAt] = useState('');
  const [shown, setShown] = useState(false);
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<Error>();
  const [doubts, setDoubts] = useState<ConnectionDoubt[]>([]);
  const id = `datasource-auth-enter-${datasource}`;
  const mayKeep = state === 'consent_outdated';

  const labelOf = (path: string): string => {
    const known = Object.entries(LABELS).find(([each]) => each === path);
    return known ? t(known[1]) : path.split('.').slice(2).join('.');
  };
  const { fields = {}, fieldTexts = {} } =
    problem instanceof DatasourceAuthError ? problem : {};
  const faultOf = (path: string) =>
    fields[path] && backend(fieldTexts[path], fields[path]);
  const send = async (acknowledged: ConnectionDoubt[]) => {
    setBusy(true);
    setProblem(undefined);
    const isKept = mayKeep && form.paths.every(path => !values[path]);
    const own = form.paths.map(path => [path, values[path] ?? ''] as const);
    try {
      const entered = await connecting.enter({
        version: form.version,
        ...(!isKept && { secrets: Object.fromEntries(own) }),
        ...(expiresAt && { expiresAt }),
        acknowledged,
      });
      if (!entered.connected) setDoubts(entered.doubts);
    } catch (error) {
      setDoubts([]);
      setProblem(error as Error);
    }
    setBusy(false);
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    send(doubts);
  };
  const asksAgain = doubts.length > 0;
  return (
    <Dialog
      open
      maxWidth="xs"
      fullWidth
      onClose={connecting.cancel}
      aria-labelledby={`${id}-title`}
    >
      <form onSubmit={submit} noValidate autoComplete="off">
        <DialogTitle id={`${id}-title`}>
          {asksAgain
            ? t('connection.confirm.doubtTitle')
            : t('connection.enter.title', { title })}
        </DialogTitle>
        <DialogContent>
          {asksAgain && (
            <div role="alert">
              {doubts.map(doubt => (
                <Typography key={doubt} variant="body2" paragraph>
                  {t(`connection.doubt.${doubt}`)}
                </Typography>
              ))}
              <Typography variant="body2">
                <strong>{t('connection.confirm.onlyYours')}</strong>
              </Typography>
            </div>
          )}
          {!asksAgain && (
            <>
              {problem && (
                <Typography variant="body2" role="alert" color="error">
                  {errorText(problem)}
                </Typography>
              )}
              {mayKeep && (
                <Typography variant="body2">
                  {t('connection.enter.keep')}
                </Typography>
              )}
              {form.paths.map((path, index) => (
                <TextField
                  key={path}
                  id={`${id}-${index}`}
                  label={labelOf(path)}
                  type={path === USERNAME || shown ? 'text' : 'password'}
                  value={values[path] ?? ''}
                  onChange={({ target }) =>
                    setValues({ ...values, [path]: target.value })
                  }
                  error={Boolean(faultOf(`secrets.${path}`))}
                  helperText={faultOf(`secrets.${path}`)}
                  autoFocus={index === 0} // eslint-disable-line jsx-a11y/no-autofocus -- the dialog is opened to enter it
                  autoComplete={path === USERNAME ? 'off' : 'new-password'}
                  inputProps={{ spellCheck: false, autoCapitalize: 'off' }}
                  margin="dense"
                  variant="outlined"
                  fullWidth
                />
              ))}
              <FormControlLabel
                control={
                  <Switch
                    size="small"
                    color="primary"
                    checked={shown}
                    onChange={(_, checked) => setShown(checked)}
                  />
                }
                label={t('connection.enter.show')}
              />
              <TextField
                id={`${id}-end`}
                label={t('connection.enter.expires')}
                type="date"
                value={expiresAt}
                onChange={({ target }) => setExpiresAt(target.value)}
                error={Boolean(faultOf('expiresAt'))}
                helperText={
                  faultOf('expiresAt') ?? t('connection.enter.expiresHelp')
                }
                InputLabelProps={{ shrink: true }}
                margin="dense"
                variant="outlined"
                fullWidth
              />
              <Typography variant="body2">
                {t('connection.enter.text', { title })}
              </Typography>
              <TermsList terms={terms} />
              <Typography variant="body2" color="textSecondary">
                {t('connection.confirm.end')}
              </Typography>
            </>
          )}
        </DialogContent>
        <DialogActions>
          <Button disabled={busy} onClick={connecting.cancel}>
            {t(asksAgain ? 'connection.confirm.refuse' : 'connection.cancel')}
          </Button>
          <Button
            type="submit"
            variant={asksAgain ? 'text' : 'contained'}
            color="primary"
            disabled={busy}
          >
            {t(
              asksAgain
                ? 'connection.confirm.anyway'
                : 'connection.enter.confirm',
            )}
          </Button>
        </DialogActions>
      </form>
    </Dialog>
  );
};

// Loaded when a person opens it.
export default EnterAccountDialog;
