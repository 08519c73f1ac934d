import { useApi, alertApiRef } from '@backstage/core-plugin-api';
import IconButton from '@material-ui/core/IconButton';
import FileCopyIcon from '@material-ui/icons/FileCopyOutlined';
import { useText } from '../translation';
import { useAnnounce } from './LiveRegion';

/** Copies a text that is no secret, and says so. */
export const CopyButton = ({ text, what }: { text: string; what: string }) => {
  const t = useText();
  const announce = useAnnounce();
  const alertApi = useApi(alertApiRef);
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(text);
      announce(t('copied', { what }));
    } catch (error) {
      alertApi.post({ message: String(error), severity: 'error' });
    }
  };
  return (
    <IconButton
      size="small"
      aria-label={t('copy', { what })}
      title={t('copy', { what })}
      onClick={event => {
        event.stopPropagation();
        copy();
      }}
    >
      <FileCopyIcon fontSize="small" />
    </IconButton>
  );
};
