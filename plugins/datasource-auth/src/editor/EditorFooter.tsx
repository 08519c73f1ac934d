import { makeStyles } from '@material-ui/core/styles';
import Typography from '@material-ui/core/Typography';
import { ReasonButton } from '../frame';
import { useText } from '../translation';

const useStyles = makeStyles(theme => ({
  // Scrolls the focused element above the footer, so that it isn't hidden behind it.
  '@global': { html: { scrollPaddingBottom: 96 } },
  root: {
    position: 'sticky',
    bottom: 0,
    zIndex: theme.zIndex.appBar - 1,
    display: 'flex',
    flexWrap: 'wrap',
    alignItems: 'flex-start',
    gap: theme.spacing(2),
    marginTop: theme.spacing(3),
    padding: theme.spacing(1.5, 2),
    borderTop: `1px solid ${theme.palette.divider}`,
    backgroundColor: theme.palette.background.paper,
    // On a phone, leaves room for Backstage's own bar.
    [theme.breakpoints.down('xs')]: { position: 'static' },
  },
  // Aligned with the button labels.
  what: { padding: theme.spacing(1, 0), minWidth: 0, flex: '1 1 240px' },
}));

/** Props of {@link EditorFooter}. */
export interface EditorFooterProps {
  /** Labels of the unsaved changes. */
  unsaved: string[];
  /** Why Save is disabled although there may be changes. */
  saveReason?: string;
  saving: boolean;
  highlight: boolean;
  onSave: () => void;
  onDiscard: () => void;
}

/** Save and Discard, always visible, with the unsaved changes. */
export const EditorFooter = (props: EditorFooterProps) => {
  const { unsaved, saveReason, saving, highlight, onSave, onDiscard } = props;
  const t = useText();
  const classes = useStyles();
  const reason =
    saveReason ?? (unsaved.length ? undefined : t('editor.saveReason.nothing'));
  return (
    <div className={classes.root}>
      <ReasonButton
        variant="contained"
        color="primary"
        size={highlight ? 'large' : 'medium'}
        reason={reason}
        reasonHidden
        onClick={onSave}
      >
        {saving ? t('editor.saving') : t('editor.save')}
      </ReasonButton>
      <ReasonButton
        variant="outlined"
        reason={unsaved.length ? undefined : t('editor.discardReason')}
        reasonHidden
        onClick={onDiscard}
      >
        {t('editor.discard')}
      </ReasonButton>
      <Typography variant="body2" className={classes.what}>
        {saveReason && <strong>{saveReason}. </strong>}
        {unsaved.length
          ? t('editor.unsaved', { what: unsaved.join(', ') })
          : t('editor.nothingUnsaved')}
      </Typography>
    </div>
  );
};
