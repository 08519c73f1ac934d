import { useState } from 'react';
import Box from '@material-ui/core/Box';
import Button from '@material-ui/core/Button';
import Typography from '@material-ui/core/Typography';
import { CopyButton, Notice, useAnnounce, useElementId } from '../frame';
import { useText } from '../translation';

type Outcome = 'unknown' | 'checking' | 'reached' | 'unreachable';

/**
 * Shows the redirect URI and whether this browser can reach it. An opaque response is enough: it proves that a provider
 * can redirect the browser there.
 */
export const CallbackCheck = ({ callbackUrl }: { callbackUrl: string }) => {
  const t = useText();
  const id = useElementId();
  const announce = useAnnounce();
  const [outcome, setOutcome] = useState<Outcome>('unknown');
  const check = async () => {
    setOutcome('checking');
    const reached = await fetch(callbackUrl, {
      mode: 'no-cors',
      credentials: 'omit',
      redirect: 'follow',
      cache: 'no-store',
    }).then(
      () => true,
      () => false,
    );
    setOutcome(reached ? 'reached' : 'unreachable');
    announce(t(reached ? 'health.reached' : 'health.unreachable'));
  };
  return (
    <Box component="section" maxWidth={860} aria-labelledby={id}>
      <Typography id={id} variant="h6" component="h3">
        {t('editor.redirectUri')}
      </Typography>
      <Typography variant="body2">{t('health.callbackText')}</Typography>
      <Typography
        component="div"
        variant="body2"
        style={{ overflowWrap: 'anywhere' }}
        paragraph
      >
        <code>{callbackUrl}</code>
        <CopyButton text={callbackUrl} what={t('editor.redirectUri')} />
        {callbackUrl.endsWith('/') ? t('health.slash') : t('health.noSlash')}
      </Typography>
      {outcome === 'reached' && (
        <Notice severity="success">{t('health.reached')}</Notice>
      )}
      {outcome === 'unreachable' && (
        <Notice severity="error">{t('health.unreachable')}</Notice>
      )}
      <Button
        variant="outlined"
        disabled={outcome === 'checking'}
        onClick={check}
      >
        {t('health.check')}
      </Button>
    </Box>
  );
};
