import IconButton from '@material-ui/core/IconButton';
import { makeStyles } from '@material-ui/core/styles';
import FileCopyIcon from '@material-ui/icons/FileCopyOutlined';
import { useText } from '../translation';
import { useAnnounce } from './LiveRegion';
import { useToast } from './useToast';

// As high as the surrounding line, and large enough to tap.
const useStyles = makeStyles({
  button: { padding: 4 },
  icon: { fontSize: '1rem' },
});

/** Copies a text that isn't secret, and announces it. */
export const CopyButton = ({ text, what }: { text: string; what: string }) => {
  const t = useText();
  const classes = useStyles();
  const announce = useAnnounce();
  const toast = useToast();
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(text);
      announce(t('copied', { what }));
    } catch (error) {
      toast('error', String(error));
    }
  };
  return (
    <IconButton
      className={classes.button}
      aria-label={t('copy', { what })}
      title={t('copy', { what })}
      onClick={event => {
        event.stopPropagation();
        copy();
      }}
    >
      <FileCopyIcon className={classes.icon} />
    </IconButton>
  );
};
