import { isApprovedByPerson } from 'backstage-plugin-datasource-auth-common';
import Button from '@material-ui/core/Button';
import Typography from '@material-ui/core/Typography';
import { Setting } from '../editor/Setting';
import { FailureView } from '../failures/FailureView';
import { Notice, Running, SubmitButton, useElementId } from '../frame';
import { grantOrKindOfForm } from '../settings/settingsForm';
import { useText } from '../translation';
import { AskedField } from './AskedField';
import { presetWayOf } from './asked';
import { NameChoice } from './NameChoice';
import { AnyApiGuide } from './AnyApiGuide';
import { ApiSettings } from './ApiSettings';
import { RegistrationGuide } from './RegistrationGuide';
import { useStepStyles } from './stepStyles';
import { suspectsAtProvider } from './suspects';
import { ConnectModel } from './useConnect';
import { WayChoice } from './WayChoice';

/** What goes on at the provider, and what went wrong there. */
const Attempt = ({ model }: { model: ConnectModel }) => {
  const { panel, failure, asked, editor } = model;
  const { state } = panel;
  const t = useText();
  if (state.kind === 'blocked')
    return (
      <Notice severity="warning" alert>
        {t('panel.blocked')}{' '}
        <Button size="small" variant="outlined" onClick={panel.continueHere}>
          {t('panel.continueHere')}
        </Button>
      </Notice>
    );
  if (state.kind === 'waiting')
    return (
      <Notice severity="info">
        <Running text={t('connect.waiting')} />
        {t('connect.stuck', {
          labels: suspectsAtProvider(asked)
            .map(({ label }) => label)
            .join(', '),
        })}
        <div>
          <Button size="small" color="primary" onClick={panel.obtain}>
            {t('panel.openAgain')}
          </Button>
          <Button size="small" color="primary" onClick={panel.continueHere}>
            {t('panel.continueHere')}
          </Button>
          <Button size="small" onClick={model.cancel}>
            {t('panel.cancel')}
          </Button>
        </div>
      </Notice>
    );
  if (!failure) return null;
  return (
    <>
      <FailureView
        failure={failure}
        repairs={editor.repairs}
        onRetry={panel.obtain}
        alert
      />
      {model.isCallFailed && state.kind === 'staged' && (
        <Button size="small" color="primary" onClick={model.accept}>
          {t('connect.anyway')}
        </Button>
      )}
    </>
  );
};

function isBusy(model: ConnectModel): boolean {
  const { state, testing } = model.panel;
  return testing || state.kind === 'starting' || state.kind === 'waiting';
}

/** The second step: what to do at the provider, beside the values that only the user knows. */
export const RegisterStep = ({ model }: { model: ConnectModel }) => {
  const { start, editor, asked, redirectUri, asksUrls, isUnknown } = model;
  const { provider, ways } = start;
  const t = useText();
  const classes = useStepStyles();
  const id = useElementId();
  const way = presetWayOf(editor.values);
  const byPerson = isApprovedByPerson(grantOrKindOfForm(editor.values));
  const hasAnyScope = isUnknown && way !== 'static';
  const busy = isBusy(model);
  const action = t(model.isDone ? 'connect.continue' : 'connect.connect');
  return (
    <form
      noValidate
      autoComplete="off"
      className={`${classes.card} ${classes.columns}`}
      aria-labelledby={id}
      onSubmit={event => {
        event.preventDefault();
        if (!busy) model.connect();
      }}
    >
      <div className={classes.guide}>
        {provider ? (
          <RegistrationGuide
            preset={provider}
            way={way}
            redirectUri={redirectUri}
            hasScopes={!hasAnyScope}
          />
        ) : (
          <AnyApiGuide values={editor.values} redirectUri={redirectUri} />
        )}
      </div>
      <div className={classes.part}>
        <Typography id={id} variant="h6" component="h3" gutterBottom>
          {t('connect.yourValues')}
        </Typography>
        <Attempt model={model} />
        {model.otherFaults.length > 0 && (
          <Notice severity="error" alert>
            {t('connect.otherFaults')}{' '}
            {model.otherFaults.map(({ message }) => message).join(' ')}
          </Notice>
        )}
        {provider && ways.length > 1 && (
          <WayChoice
            preset={provider}
            ways={ways}
            chosen={way}
            onChoose={model.chooseWay}
          />
        )}
        {isUnknown && (
          <ApiSettings
            values={editor.values}
            isBlank={start.isBlank}
            asksUrls={asksUrls}
          />
        )}
        {asked.map(each => (
          <AskedField key={`${way}-${each.elementId}`} asked={each} />
        ))}
        {hasAnyScope && <Setting id="scopes" />}
        <NameChoice />
      </div>
      <div className={classes.actions}>
        <SubmitButton
          variant="contained"
          color="primary"
          aria-label={
            byPerson && !model.isDone && !busy
              ? t('panel.newWindow', { action })
              : undefined
          }
          reason={busy ? t('connect.connecting') : undefined}
          reasonHidden
        >
          {busy ? t('connect.connecting') : action}
        </SubmitButton>
        <Button className={classes.quiet} onClick={model.openAllSettings}>
          {t('connect.allSettings')}
        </Button>
      </div>
    </form>
  );
};
