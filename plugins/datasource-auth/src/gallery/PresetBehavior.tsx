import { Preset } from 'backstage-plugin-datasource-auth-common';
import Typography from '@material-ui/core/Typography';
import { useElementId } from '../frame';
import { useText } from '../translation';

/** Shows how the provider's tokens behave. */
export const PresetBehavior = ({ preset }: { preset: Preset }) => {
  const t = useText();
  const id = useElementId();
  const { rotatesRefreshTokens, refreshTokenIdleDays, oneGrantPerClient } =
    preset.behavior;
  const notes = [
    rotatesRefreshTokens && t('gallery.rotates'),
    refreshTokenIdleDays &&
      t('gallery.idleDays', { count: refreshTokenIdleDays }),
    oneGrantPerClient && t('gallery.oneGrant'),
    ...preset.behavior.notes,
  ].filter(Boolean);
  if (!notes.length) return null;
  return (
    <section aria-labelledby={id}>
      <Typography id={id} variant="h6" component="h3">
        {t('gallery.behavior')}
      </Typography>
      <Typography component="ul" variant="body2">
        {notes.map(note => (
          <li key={String(note)}>{note}</li>
        ))}
      </Typography>
    </section>
  );
};
