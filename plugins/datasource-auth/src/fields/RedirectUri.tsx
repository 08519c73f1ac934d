import Box from '@material-ui/core/Box';
import TextField from '@material-ui/core/TextField';
import { CopyButton } from '../frame';
import { useText } from '../translation';
import { useEditorFacts } from './EditorContext';
import { LABEL_ABOVE } from './labelAbove';

/** The exact redirect URI to register at the provider. */
export const RedirectUri = () => {
  const t = useText();
  const { redirectUri } = useEditorFacts();
  return (
    <Box display="flex" alignItems="flex-start" style={{ gap: 8 }}>
      <TextField
        id="datasource-auth-redirect-uri"
        label={t('editor.redirectUri')}
        fullWidth
        multiline
        margin="normal"
        variant="outlined"
        size="small"
        value={redirectUri ?? ''}
        placeholder={t('editor.redirectUriUnknown')}
        InputLabelProps={LABEL_ABOVE}
        inputProps={{ readOnly: true, style: { fontFamily: 'monospace' } }}
        helperText={`${t('editor.redirectUriWhat')} ${t(
          'editor.redirectUriHint',
        )}`}
      />
      {redirectUri && (
        <Box mt={3}>
          <CopyButton text={redirectUri} what={t('editor.redirectUri')} />
        </Box>
      )}
    </Box>
  );
};
