import Box from '@material-ui/core/Box';
import Typography from '@material-ui/core/Typography';
import { CopyButton } from '../frame';
import { useText } from '../translation';

/** What to do if the provider rejects the redirect URI: it shows the error itself and doesn't return. */
export const RedirectHint = ({ uri }: { uri: string }) => {
  const t = useText();
  return (
    <Box mt={2} display="flex" alignItems="center" style={{ gap: 4 }}>
      <Typography variant="caption" style={{ overflowWrap: 'anywhere' }}>
        {t('panel.redirectHint', { uri })}
      </Typography>
      <CopyButton text={uri} what={t('editor.redirectUri')} />
    </Box>
  );
};
